package kernel

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/internal/jupyter/kernel/kerneltest"
	"balanced/internal/jupyter/nbformat"
)

// The wanted texts are what nbconvert's re.sub(r".*\r(?=[^\n])", "", text) gives.
func TestLinesWrittenOver(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "",
		"a\nb":                        "a\nb",
		"\r1\r2\r3\n":                 "3\n",
		"a\r\nb\r\n":                  "a\r\nb\r\n",
		"a\r\r\n":                     "\r\n",
		"a\rb\r":                      "b\r",
		"\r":                          "\r",
		"\r\r":                        "\r",
		"\n\n\rx\n\n":                 "\n\nx\n\n",
		"0 %\r50 %\r100 %\ndone\rend": "100 %\nend",
		"é\r日本\n":                     "日本\n",
		"a\vb\rc\u2028d\re":           "e",
	} {
		if got := settled(text); got != want {
			t.Errorf("settled(%q) is %q, want %q", text, got, want)
		}
	}
	k := start(t)
	wantOutputs(t, execute(t, k, "stdout 1\r2\r3", "stderr x\ry"), stream("stdout", "3\n"), stream("stderr", "y\n"))
}

// GoNB says in a message of its own that a shell line has failed; a program that says
// something of the kind among other things has not.
func TestFailureIsAMessageOfItsOwn(t *testing.T) {
	for text, want := range map[string]string{
		"exit status 3\n":   "exit status 3",
		"signal: killed\n":  "signal: killed",
		"exit status 0\n":   "",
		"exit status 3\n\n": "",
		"the last command ended so:\nexit status 3\n": "",
		"exit status 3\nand all was well\n":           "",
		`"%magic" unknown or not implemented yet.`:    `"%magic" unknown or not implemented yet.`,
	} {
		e := &Execution{streams: map[string]*strings.Builder{}, tidy: strings.NewReplacer()}
		content, err := json.Marshal(map[string]string{"name": "stderr", "text": text})
		if err != nil {
			t.Fatal(err)
		}
		if err := e.collect("stream", content, map[string][]*nbformat.Output{}); err != nil {
			t.Fatal(err)
		}
		if got := e.Failure(); got != want {
			t.Errorf("standard error %q: failure %q, want %q", text, got, want)
		}
	}
}

// Outside of the project there is no folder of it to leave out of texts, and the
// versions are those the program was built with.
func TestOutsideOfTheProject(t *testing.T) {
	inside, err := Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	outside, err := Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if inside.Module == "" || outside.Module != "" || outside.Folder != inside.Folder {
		t.Errorf("inside of the project the tools are %+v, outside %+v", inside, outside)
	}
	if left, err := filepath.Glob(filepath.Join(temporary, "*", "go.mod")); err != nil || len(left) > 0 {
		t.Errorf("left behind are %v, %v", left, err)
	}
	k, err := Start(t.Context(), Tools{Folder: kerneltest.Folder(t)}, os.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	wantOutputs(t, execute(t, k, "stdout /a/b"), stream("stdout", "/a/b\n"))
}

// Parts are those between marks, of each stream and of the displays.
func TestCut(t *testing.T) {
	const mark = "\x1e\n"
	html := func(text string) *nbformat.Output {
		return &nbformat.Output{Kind: nbformat.DisplayData, Data: map[string]any{"text/html": text}}
	}
	e := &Execution{streams: map[string]*strings.Builder{"stdout": {}, "stderr": {}}, tidy: strings.NewReplacer()}
	e.streams["stdout"].WriteString("a" + mark + mark + "b\nc")
	e.streams["stderr"].WriteString(mark + mark)
	e.displays = []*nbformat.Output{html("x"), html(mark), html("y"), html("z"), html(mark)}
	got := []string{}
	for _, part := range e.Cut(mark) {
		text := ""
		for _, output := range part.Outputs() {
			text += fmt.Sprint(output.Name, output.Text, output.Data["text/html"], ";")
		}
		got = append(got, text)
	}
	if want := "[stdouta<nil>;x; y;z; stdoutb\nc<nil>;]"; fmt.Sprint(got) != want {
		t.Errorf("parts %q, want %q", fmt.Sprint(got), want)
	}
	if parts := (&Execution{tidy: e.tidy}).Cut(mark); len(parts) != 1 {
		t.Errorf("an execution without outputs has %d parts, want 1", len(parts))
	}
	e.streams["stdout"] = &strings.Builder{} // of a program that has put another file in its place
	if parts := e.Cut(mark); len(parts) != 1 {
		t.Errorf("without marks in one of the streams there are %d parts, want 1", len(parts))
	}
}
