package nbformat

import (
	"encoding/json"
	"fmt"
	"strings"
)

// The as functions take a generic JSON value for what nbformat says it is, and
// answer with an error naming the field otherwise.

func asObject(value any, field string) (map[string]any, error) {
	object, ok := value.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s is %s, want an object", field, describe(value))
	}
	return object, nil
}

func asMetadata(value any, field string) (map[string]any, error) {
	if value == nil {
		return map[string]any{}, nil
	}
	return asObject(value, field)
}

func asList(value any, field string) ([]any, error) {
	list, ok := value.([]any)
	if !ok {
		return nil, fmt.Errorf("%s is %s, want a list", field, describe(value))
	}
	return list, nil
}

func asString(value any, field string) (string, error) {
	text, ok := value.(string)
	if !ok {
		return "", fmt.Errorf("%s is %s, want a string", field, describe(value))
	}
	return text, nil
}

func asStrings(value any, field string) ([]string, error) {
	list, err := asList(value, field)
	if err != nil {
		return nil, err
	}
	lines := make([]string, len(list))
	for i, element := range list {
		if lines[i], err = asString(element, fmt.Sprintf("%s line %d", field, i+1)); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

// asText joins a list of lines; a text may also be one string.
func asText(value any, field string) (string, error) {
	if text, ok := value.(string); ok {
		return text, nil
	}
	if _, ok := value.([]any); !ok {
		return "", fmt.Errorf("%s is %s, want a string or a list of strings", field, describe(value))
	}
	lines, err := asStrings(value, field)
	return strings.Join(lines, ""), err
}

func asCount(value any) (int, error) {
	if value == nil {
		return 0, nil
	}
	number, ok := value.(json.Number)
	if !ok {
		return 0, fmt.Errorf("execution_count is %s, want a number or null", describe(value))
	}
	count, err := number.Int64()
	if err != nil || count < 0 || count > 1<<31-1 {
		return 0, fmt.Errorf("execution_count is %s, want 0 to %d", number, 1<<31-1)
	}
	return int(count), nil
}

func describe(value any) string {
	switch value.(type) {
	case nil:
		return "missing"
	case map[string]any:
		return "an object"
	case []any:
		return "a list"
	case string:
		return "a string"
	case bool:
		return "a truth value"
	}
	return "a number"
}
