package starter

import (
	"strings"
	"testing"
)

// The cells find the project from their folder, and Jupyter the kernel.
func TestNotebook(t *testing.T) {
	n, err := Notebook(Place{Path: "/a project/own/mine/my-first_question.ipynb", Root: "/a project", Network: "../../data/networks/abstract.json"})
	if err != nil {
		t.Fatal(err)
	}
	if title, _ := n.Title(); title != "My first question" {
		t.Errorf("the title is %q", title)
	}
	text := ""
	for _, cell := range n.Cells {
		text += cell.Source
	}
	for _, want := range []string{`"${GONB_DIR}/../.."`, `ReadNetwork("../../data/networks/abstract.json")`} {
		if !strings.Contains(text, want) {
			t.Errorf("no cell has %s", want)
		}
	}
	if strings.Contains(text, "WAY") || strings.Contains(text, "NETWORK") || strings.Contains(text, "TITLE") || n.Metadata["kernelspec"] == nil {
		t.Errorf("the notebook is %+v", n)
	}
}
