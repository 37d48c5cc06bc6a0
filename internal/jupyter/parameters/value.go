package parameters

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A kind is one of Go's types that a parameter may have.
type kind struct {
	bits    int
	allowed string
	// parse returns the literal of a value as it is written on a command line.
	parse func(text string, bits int) (literal string, ok bool)
}

var kinds = map[string]kind{
	"bool":    {0, "true or false", parseBool},
	"string":  {0, "any text", func(text string, _ int) (string, bool) { return strconv.Quote(text), true }},
	"int":     {64, "a whole number of 64 bits", parseInt},
	"int8":    {8, "a whole number from -128 to 127", parseInt},
	"int16":   {16, "a whole number from -32768 to 32767", parseInt},
	"int32":   {32, "a whole number of 32 bits", parseInt},
	"int64":   {64, "a whole number of 64 bits", parseInt},
	"uint":    {64, "a whole number of 64 bits, 0 or more", parseUint},
	"uint8":   {8, "a whole number from 0 to 255", parseUint},
	"uint16":  {16, "a whole number from 0 to 65535", parseUint},
	"uint32":  {32, "a whole number of 32 bits, 0 or more", parseUint},
	"uint64":  {64, "a whole number of 64 bits, 0 or more", parseUint},
	"float32": {32, "a finite number of 32 bits", parseFloat},
	"float64": {64, "a finite number", parseFloat},
}

// literal returns Go's literal for the value of a parameter.
func (p parameter) literal(text string) (string, error) {
	kind := kinds[p.kind]
	if literal, ok := kind.parse(text, kind.bits); ok {
		return literal, nil
	}
	return "", fmt.Errorf("parameter %s is %q: must be %s (it is declared as %s)", p.name, text, kind.allowed, p.kind)
}

func parseBool(text string, _ int) (string, bool) { return text, text == "true" || text == "false" }

func parseInt(text string, bits int) (string, bool) {
	value, err := strconv.ParseInt(text, 0, bits)
	return strconv.FormatInt(value, 10), err == nil
}

func parseUint(text string, bits int) (string, bool) {
	value, err := strconv.ParseUint(text, 0, bits)
	return strconv.FormatUint(value, 10), err == nil
}

// parseFloat keeps the point of a literal without a type, since 1/2 is 0 in Go.
func parseFloat(text string, bits int) (string, bool) {
	value, err := strconv.ParseFloat(text, bits)
	if err != nil || math.IsNaN(value) || math.IsInf(value, 0) {
		return "", false
	}
	literal := strconv.FormatFloat(value, 'g', -1, bits)
	if !strings.ContainsAny(literal, ".e") {
		literal += ".0"
	}
	return literal, true
}
