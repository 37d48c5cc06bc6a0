//go:build !js

package store

import (
	"runtime/debug"
	"strings"
	"testing"
	"testing/fstest"
)

// Code that computes something else has another identity; comments, tests, the layout of
// lines and the path of the module have none.
func TestCodeIdentity(t *testing.T) {
	identity := func(module string, code map[string]string, folders ...string) string {
		files := fstest.MapFS{}
		for name, content := range code {
			files[name] = &fstest.MapFile{Data: []byte(content)}
		}
		sum, err := CodeIdentity(files, module, folders...)
		return must(t, sum, err)
	}
	const before = "package p\n\nimport \"m/q\"\n\nimport (\n\t\"fmt\"\n\tother \"m/q/r\"\n)\n\nfunc f(x float64) float64 { return 2 * x }\n\nvar s = \"m/q\"\n"
	base := identity("m", map[string]string{"p.go": before}, ".")
	if len(base) != 32 {
		t.Errorf("the identity is %q", base)
	}
	renamed := strings.NewReplacer(`import "m/`, `import "host/new/`, `other "m/`, `other "host/new/`).Replace(before)
	for name, same := range map[string]string{
		"a comment": identity("m", map[string]string{"p.go": before + "// f doubles.\n"}, "."),
		"a test":    identity("m", map[string]string{"p.go": before, "p_test.go": "package p\n"}, "."),
		"spaces":    identity("m", map[string]string{"p.go": strings.ReplaceAll(before, "2 * x", "2*x")}, "."),
		"no Go":     identity("m", map[string]string{"p.go": before, "p.md": "x", "q/q.go": "package q\n"}, "."),
		"a module":  identity("host/new", map[string]string{"p.go": renamed}, "."),
	} {
		if same != base {
			t.Errorf("%s changes the identity of the code", name)
		}
	}
	for name, other := range map[string]string{
		"a sign":        identity("m", map[string]string{"p.go": strings.ReplaceAll(before, "2 * x", "2 * -x")}, "."),
		"a number":      identity("m", map[string]string{"p.go": strings.ReplaceAll(before, "2 * x", "3 * x")}, "."),
		"a string":      identity("m", map[string]string{"p.go": strings.ReplaceAll(before, `s = "m/q"`, `s = "q"`)}, "."),
		"an import":     identity("m", map[string]string{"p.go": strings.ReplaceAll(before, "m/q/r", "m/r/q")}, "."),
		"another file":  identity("m", map[string]string{"p.go": before, "q.go": "package p\n"}, "."),
		"another name":  identity("m", map[string]string{"q.go": before}, "."),
		"a room":        identity("m", map[string]string{"p.go": before, "q/q.go": "package q\n"}, ".", "q"),
		"another place": identity("m", map[string]string{"q/p.go": before}, "q"),
	} {
		if other == base {
			t.Errorf("%s leaves the identity of the code as it was", name)
		}
	}
	if _, err := CodeIdentity(fstest.MapFS{}, "m", "nowhere"); err == nil {
		t.Error("a folder that is missing is no error")
	}
}

// The version of gonum is the one the program is built of, told with its checksum.
func TestGonum(t *testing.T) {
	used := &debug.Module{Path: "gonum.org/v1/gonum", Version: "v0.17.0", Sum: "h1:x"}
	if got := gonumOf([]*debug.Module{{Path: "gonum.org/v1/plot"}, used}); got != "v0.17.0 h1:x" {
		t.Errorf("%q, want the version and the checksum", got)
	}
	used.Replace = &debug.Module{Path: "elsewhere", Version: "v9"}
	if got := gonumOf([]*debug.Module{used}); got != "v9" {
		t.Errorf("%q, want the replacement", got)
	}
}
