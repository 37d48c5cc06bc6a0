package bnn

import (
	"testing"
	"testing/fstest"
)

// Code that computes something else has another identity; comments, tests and the layout
// of lines have none.
func TestHashCode(t *testing.T) {
	hash := func(files map[string]string) string {
		system := fstest.MapFS{}
		for name, content := range files {
			system[name] = &fstest.MapFile{Data: []byte(content)}
		}
		sum, err := hashCode(system)
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	const before = "package p\n\nfunc f(x float64) float64 { return 2 * x }\n"
	base := hash(map[string]string{"p.go": before})
	for name, files := range map[string]map[string]string{
		"a comment": {"p.go": "package p\n\n// f doubles.\nfunc f(x float64) float64 { return 2 * x } // twice\n"},
		"a test":    {"p.go": before, "p_test.go": "package p\n"},
		"spaces":    {"p.go": "package p\nfunc  f(x float64) float64 { return 2*x }\n"},
	} {
		if hash(files) != base {
			t.Errorf("%s changes the identity of the code", name)
		}
	}
	for name, files := range map[string]map[string]string{
		"a sign":       {"p.go": "package p\n\nfunc f(x float64) float64 { return 2 * -x }\n"},
		"a number":     {"p.go": "package p\n\nfunc f(x float64) float64 { return 3 * x }\n"},
		"another file": {"p.go": before, "q.go": "package p\n"},
		"another name": {"q.go": before},
	} {
		if hash(files) == base {
			t.Errorf("%s leaves the identity of the code as it was", name)
		}
	}
	own, err := codeIdentity()
	if err != nil || len(own) != 32 {
		t.Errorf("the identity of this package is %q, %v", own, err)
	}
}

func BenchmarkHashCode(b *testing.B) {
	for b.Loop() {
		if _, err := hashCode(sourceCode); err != nil {
			b.Fatal(err)
		}
	}
}
