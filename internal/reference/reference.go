// Package reference writes the page of all keys and kinds of network and sweep files from their JSON
// Schemas, which tests hold to what the readers accept.
package reference

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A schema is the part of JSON Schema that the two files use.
type schema struct {
	Ref         string             `json:"$ref"`
	Title       string             `json:"title"`
	Description string             `json:"description"`
	Type        any                `json:"type"`
	Required    []string           `json:"required"`
	Properties  map[string]*schema `json:"properties"`
	Items       *schema            `json:"items"`
	OneOf       []*schema          `json:"oneOf"`
	Defs        map[string]*schema `json:"$defs"`
	Const       any                `json:"const"`
	Enum        []any              `json:"enum"`
	Default     any                `json:"default"`
	Minimum     *float64           `json:"minimum"`
	Above       *float64           `json:"exclusiveMinimum"`
	Maximum     *float64           `json:"maximum"`
	MinItems    *int               `json:"minItems"`
	MaxItems    *int               `json:"maxItems"`
	Then        *schema            `json:"then"`
	Else        *schema            `json:"else"`
}

// UnmarshalJSON takes true and false, which allow all and nothing, too.
func (s *schema) UnmarshalJSON(data []byte) error {
	if data = bytes.TrimSpace(data); string(data) == "true" || string(data) == "false" {
		return nil
	}
	type plain schema
	return json.Unmarshal(data, (*plain)(s))
}

// Markdown is the reference of a file by its schema: a table for the file, and one for each of the
// objects in it, with a line a key; objects of several kinds have a table of their kinds.
func Markdown(data []byte) (string, error) {
	var file schema
	if err := json.Unmarshal(data, &file); err != nil {
		return "", err
	}
	var page strings.Builder
	fmt.Fprintf(&page, "## %s\n\n%s\n", file.Title, escape(file.Description))
	page.WriteString(file.table(&file))
	for _, name := range slices.Sorted(maps.Keys(file.Defs)) {
		if d := file.Defs[name]; d.Type == "object" {
			fmt.Fprintf(&page, "\n### %s\n", name)
			if d.Description != "" {
				fmt.Fprintf(&page, "\n%s\n", escape(d.Description))
			}
			page.WriteString(d.table(&file))
		}
	}
	return page.String(), nil
}

// table lists the keys of an object, and its kinds.
func (s *schema) table(file *schema) string {
	text := "\n| key | what it is | default |\n|---|---|---|\n"
	rows := ""
	add := func(of *schema, kind string) {
		for _, key := range slices.Sorted(maps.Keys(of.Properties)) {
			if key == "kind" {
				continue
			}
			rows += fmt.Sprintf("| %s`%s` | %s | %s |\n", kind, key, of.Properties[key].words(file), of.Properties[key].otherwise(of, key))
		}
	}
	add(s, "")
	for _, branch := range []*schema{s.Then, s.Else} {
		if branch != nil {
			for _, key := range slices.Sorted(maps.Keys(branch.Properties)) {
				if p := branch.Properties[key]; p.Type != nil || p.Ref != "" || p.Enum != nil {
					rows += fmt.Sprintf("| `%s` | %s | %s |\n", key, p.words(file), p.otherwise(branch, key))
				}
			}
		}
	}
	for _, kind := range s.OneOf {
		named := kind.Properties["kind"]
		if named == nil {
			continue
		}
		names := named.Enum
		if named.Const != nil {
			names = []any{named.Const}
		}
		for _, name := range names {
			rows += fmt.Sprintf("| **`\"kind\": \"%v\"`** | %s | |\n", name, escape(kind.Description))
			add(kind, "")
		}
	}
	if rows == "" {
		return ""
	}
	return text + rows
}

// words say what a value is: its meaning, type and range.
func (s *schema) words(file *schema) string {
	parts := []string{}
	if s.Description != "" {
		parts = append(parts, strings.TrimSuffix(escape(s.Description), ".")+":")
	}
	return strings.Join(append(parts, s.kind(file)), " ")
}

// kind is the type and range of a value.
func (s *schema) kind(file *schema) string {
	low, high, above := s.Minimum, s.Maximum, s.Above
	name, of := fmt.Sprint(s.Type), s
	for of.Ref != "" {
		key := strings.TrimPrefix(of.Ref, "#/$defs/")
		next := file.Defs[key]
		if next == nil {
			return "[a network](#a-balanced-network)"
		}
		if next.Type == "object" {
			return fmt.Sprintf("[%s](#%s)", key, key)
		}
		if of = next; of.Type != nil {
			name = fmt.Sprint(of.Type)
		}
		if low == nil && above == nil {
			low, above = of.Minimum, of.Above
		}
		if high == nil {
			high = of.Maximum
		}
	}
	switch {
	case of.Enum != nil:
		return "one of " + list(of.Enum)
	case of.Const != nil:
		return fmt.Sprintf("`%v`", of.Const)
	case name == "array":
		text := "a list:"
		if of.MinItems != nil {
			text = fmt.Sprintf("a list of %d or more:", *of.MinItems)
		}
		return text + " " + of.Items.words(file)
	case name == "[string object]":
		return "a text or an object"
	case name == "string":
		return "a text"
	case name == "boolean":
		return "true or false"
	case name == "object":
		var keys []string
		for _, key := range slices.Sorted(maps.Keys(of.Properties)) {
			keys = append(keys, fmt.Sprintf("`%s`: %s", key, of.Properties[key].words(file)))
		}
		return "{" + strings.Join(keys, ", ") + "}"
	}
	const huge = 1e300 // a bound of double precision is none
	text := map[string]string{"integer": "a whole number"}[name]
	if text == "" {
		text = "a number"
	}
	switch {
	case above != nil:
		text += fmt.Sprintf(" > %g", *above)
	case low != nil && *low > -huge:
		text += fmt.Sprintf(" ≥ %g", *low)
	}
	if high != nil && *high < huge {
		text += fmt.Sprintf(", ≤ %.0f", *high)
	}
	return text
}

// otherwise is what holds where a key is missing.
func (s *schema) otherwise(of *schema, key string) string {
	switch {
	case slices.Contains(of.Required, key):
		return "required"
	case s.Default != nil:
		text, err := json.Marshal(s.Default)
		if err == nil && string(text) != `""` {
			return "`" + string(text) + "`"
		}
	}
	return "none"
}

func list(values []any) string {
	var texts []string
	for _, value := range values {
		texts = append(texts, fmt.Sprintf("`%v`", value))
	}
	return strings.Join(texts, ", ")
}

// escape keeps a text from being read as Markdown.
func escape(text string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "*", `\*`, "[", `\[`, "_", `\_`).Replace(text)
}
