package mutation

import (
	"strings"
	"testing"

	"balanced/internal/jupyter/nbformat"
)

// A program has the later one of two declarations, the last body alone, and no word to the kernel.
func TestProgram(t *testing.T) {
	n := &nbformat.Notebook{Cells: []nbformat.Cell{
		{Kind: nbformat.Markdown, Source: "func prose() {}"},
		{Kind: nbformat.Code, Source: "!*go work init\n%noautoget"},
		{Kind: nbformat.Code, Source: "import \"strings\"\n\nconst size, seed = 1, 2\n\ntype point struct{}\n\nfunc (p *point) at() int { return 1 }\nfunc at() int { return 3 }"},
		{Kind: nbformat.Code, Source: "%%\nstrings.ToUpper(shown)"},
		{Kind: nbformat.Code, Source: "func at() int { return 4 }\n\n%%\n// the end\nfmt.Println(at(), size, point{})"},
	}}
	text, err := program(n)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"const size, seed = 1, 2", "return 1", "return 4", "// the end", `"fmt"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the program has no %s:\n%s", want, text)
		}
	}
	for _, unwanted := range []string{"prose", "return 3", "shown", "strings", "%", "!"} {
		if strings.Contains(text, unwanted) {
			t.Errorf("the program has %s:\n%s", unwanted, text)
		}
	}
	if text, err := program(&nbformat.Notebook{Cells: n.Cells[:3]}); text != "" || err != nil {
		t.Errorf("a notebook without a body gives %q, %v", text, err)
	}
	n.Cells[2].Source = "func {"
	if _, err := program(n); err == nil || !strings.Contains(err.Error(), "cell 3") {
		t.Errorf("a cell that does not parse gives %v", err)
	}
}
