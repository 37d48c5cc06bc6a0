package kernel

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"balanced/internal/jupyter/nbformat"
)

// small makes the limit one that is soon reached.
func small(t *testing.T) {
	maxOutput = 1 << 15
	t.Cleanup(func() { maxOutput = MaxOutput })
}

// Outputs end where they are too many; all that came before is kept.
func TestOutputIsLimited(t *testing.T) {
	small(t)
	for _, c := range []struct {
		commands []string
		fits     bool
	}{
		{[]string{fmt.Sprint("flood ", maxOutput)}, true},
		{[]string{fmt.Sprint("flood ", maxOutput), "flood 1"}, false},
		{[]string{"stdout small", fmt.Sprint("flood ", maxOutput)}, false},
		{[]string{fmt.Sprint("flood ", maxOutput), "clear", fmt.Sprint("flood ", maxOutput)}, true},
	} {
		k := start(t)
		e, err := k.Execute(t.Context(), strings.Join(c.commands, "\n"), time.Minute)
		if c.fits && err != nil || !c.fits && !errors.Is(err, ErrOutput) {
			t.Errorf("%v: error %v, want one: %v", c.commands, err, !c.fits)
		}
		length := 0
		for _, output := range e.Outputs() {
			length += len(output.Text)
		}
		if length == 0 || length > maxOutput {
			t.Errorf("%v: %d bytes are kept", c.commands, length)
		}
	}
}

// What is written over takes no room.
func TestOutputThatIsReplacedIsNotCounted(t *testing.T) {
	small(t)
	part := strings.Repeat("x", 1<<10)
	message := func(format string, values ...any) []byte { return fmt.Appendf(nil, format, values...) }
	e := &Execution{streams: map[string]*strings.Builder{}, tidy: strings.NewReplacer()}
	known := map[string][]*nbformat.Output{}
	send := func(kind string, content []byte) {
		t.Helper()
		if err := e.collect(kind, content, known); err != nil {
			t.Fatal(err)
		}
	}
	send("display_data", message(`{"data": {"text/plain": ""}, "transient": {"display_id": "a"}}`))
	for i := range 3 * maxOutput >> 10 {
		send("stream", message(`{"name": "stderr", "text": "\r%d%s"}`, i, part))
		send("update_display_data", message(`{"data": {"text/plain": "%s"}, "transient": {"display_id": "a"}}`, part))
	}
	if err := e.collect("display_data", message(`{"data": {"text/plain": "%s"}}`, strings.Repeat("x", maxOutput)), known); !errors.Is(err, ErrOutput) {
		t.Errorf("error %v, want %v", err, ErrOutput)
	}
	outputs := e.Outputs()
	if len(outputs) != 2 || !strings.HasPrefix(outputs[0].Text, "95x") || outputs[1].Data["text/plain"] != part {
		t.Errorf("%d outputs, the first of %d bytes", len(outputs), len(outputs[0].Text))
	}
}
