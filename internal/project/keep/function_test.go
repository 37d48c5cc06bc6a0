package keep

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const factor = 2

func twice(x float64) float64 { return factor * x }

func hash(t *testing.T, function any) string {
	t.Helper()
	code, err := codeOf(function)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// The same code written twice is the same, wherever it stands, comments or not.
func TestCodeOfFunction(t *testing.T) {
	one := hash(t, func() float64 {
		return twice(1)
	})
	if again := hash(t, func() float64 {
		// The same, with a comment.
		return twice(1)
	}); one != again {
		t.Error("a comment makes another function")
	}
	if other := hash(t, func() float64 {
		return twice(2)
	}); other == one {
		t.Error("another number makes the same function")
	}
	if named := hash(t, twice); named == one {
		t.Error("a named function is the same as one that calls it")
	}
}

const program = `package main

const factor = 2 // CONSTANT

var unused = 1

type state struct{ x float64 }

func (s *state) double() float64 { return factor * s.x } // METHOD

func inner(x float64) float64 { s := state{x}; return s.double() } // INNER

func main() {
	println("cell")
	keep("name", func() float64 { return inner(1) })
	keep("other", func() float64 { return 7 })
}
`

// A function is what it says and what it calls, and not what stands beside it.
func TestCodeOfWhatAFunctionCalls(t *testing.T) {
	code := func(old, new string) string {
		t.Helper()
		file := filepath.Join(t.TempDir(), "main.go")
		text := strings.Replace(program, old, new, 1)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		before, _, _ := strings.Cut(text, `keep("name"`)
		found, err := codeAt(file, 1+strings.Count(before, "\n"))
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	before := code("", "")
	for _, c := range []struct {
		old, new string
		changes  bool
	}{
		{"= 2 // CONSTANT", "= 3", true},
		{"factor * s.x }", "factor + s.x }", true},
		{"state{x}", "state{2 * x}", true},
		{"inner(1)", "inner(2)", true},
		{"// INNER", "// a comment", false},
		{"unused = 1", "unused = 2", false},
		{`"cell"`, `"another cell"`, false},
		{"return 7", "return 8", false},
		{`println("cell")`, "println()\n\n", false},
	} {
		if got := code(c.old, c.new); (got != before) != c.changes {
			t.Errorf("%s → %s: another hash: %v, want %v", c.old, c.new, got != before, c.changes)
		}
	}
	if _, err := codeAt(filepath.Join(t.TempDir(), "gone.go"), 3); err == nil {
		t.Error("code that is gone has a hash")
	}
}

func zero[T any]() (value T) { return value }

// The code of a generic function does not say of which type it is, so that one of another type would
// be taken for it; and no function has no code.
func TestFunctionsWithoutCodeOfTheirOwn(t *testing.T) {
	for name, function := range map[string]any{"of a type": zero[float64], "nil": (func() float64)(nil), "a method": strings.NewReader("").Len} {
		if code, err := codeOf(function); err == nil {
			t.Errorf("%s: the code is %s", name, code)
		}
	}
	one := hash(t, func() any { return zero[float64]() })
	if other := hash(t, func() any { return zero[float32]() }); one == other {
		t.Error("a literal does not say the type")
	}
}
