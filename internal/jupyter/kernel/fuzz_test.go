package kernel

import (
	"strings"
	"testing"

	"balanced/internal/jupyter/nbformat"
)

// Whatever a kernel sends is refused, or can be written into a notebook and read again.
func FuzzCollect(f *testing.F) {
	f.Add("stream", `{"name": "stdout", "text": "a\rb\u0000\ud800"}`, `{"name": "stderr", "text": "exit status 1"}`)
	f.Add("display_data", `{"data": {"text/plain": "a", "application/json": [1e400]}, "metadata": {"a": null}, "transient": {"display_id": "d"}}`,
		`{"data": {"image/png": 1}, "transient": {"display_id": "d"}}`)
	f.Add("execute_result", `{"data": {"text/html": "<b>"}, "execution_count": -1}`, `{}`)
	f.Add("error", `{"ename": "E", "evalue": "v", "traceback": ["\u001b[31ma"]}`, `null`)
	f.Add("clear_output", `{"wait": true}`, `{"wait": false}`)
	f.Fuzz(func(t *testing.T, kind, first, second string) {
		e := &Execution{streams: map[string]*strings.Builder{}, tidy: strings.NewReplacer("/tmp", "TMP")}
		known := map[string][]*nbformat.Output{}
		for _, content := range []string{first, second} {
			for _, next := range []string{kind, "update_display_data"} {
				if err := e.collect(next, []byte(content), known); err != nil {
					return
				}
			}
		}
		e.Failure()
		n := nbformat.Notebook{Cells: []nbformat.Cell{{Kind: nbformat.Code, Outputs: e.Outputs()}}}
		data, err := n.Encode()
		if err != nil {
			t.Fatalf("outputs that cannot be written: %v", err)
		}
		if _, err := nbformat.Parse(data); err != nil {
			t.Fatalf("outputs that cannot be read again: %v\n%s", err, data)
		}
	})
}

// What is written over may be dropped at any time, before the rest has come.
func FuzzSettled(f *testing.F) {
	f.Add("10%\r20%", "\r30%\r\n")
	f.Add("a\r", "b\n\r\n\r")
	f.Fuzz(func(t *testing.T, first, second string) {
		want := settled(first + second)
		if got := settled(settled(first) + second); got != want {
			t.Errorf("%q and %q: %q if it is dropped before, otherwise %q", first, second, got, want)
		}
		if again := settled(want); again != want {
			t.Errorf("%q becomes %q", want, again)
		}
	})
}
