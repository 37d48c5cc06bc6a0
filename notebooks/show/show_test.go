package show

import (
	"context"
	"encoding/gob"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"balanced/analysis"
	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

// cellVariable is set in a process that plays the cell of a notebook.
const cellVariable = "BALANCED_TEST_CELL"

func TestMain(m *testing.M) {
	if os.Getenv(cellVariable) == "" {
		os.Exit(m.Run())
	}
	cell() // of a notebook: see TestInANotebook
}

// cell shows one thing of each kind; the last verdict does not hold.
func cell() {
	Markdown("A *text*.")
	Frame(analysis.Moments(nil, theory(), nil))
	Exact(dataframe.New(series.New([]float64{1.0 / 3}, series.Float, "x")))
	replicas := Progress("replicas")
	replicas(simulate.Progress{Finished: 1, Replicas: 2, Left: 90 * time.Second})
	replicas(simulate.Progress{Finished: 2, Replicas: 2})
	Figure(bnn.Must(figure.Moments(nil, theory(), nil)))
	Verdicts(analysis.Verdict{Claim: "It holds.", Outcome: analysis.Holds})
	Verdicts(analysis.Verdict{Claim: "It fails.", Where: "here"})
	fmt.Println("not reached")
}

func theory() *bnn.Trajectory {
	return &bnn.Trajectory{Moments: bnn.Moments{
		Populations: []string{"E"}, Times: []float64{0, 1},
		Mean: [][]float64{{0}, {1}}, Variance: [][]float64{{1}, {2}}, Third: [][]float64{{0}, {0}}, Rate: [][]float64{{1}, {1}},
	}}
}

// The cell runs in a process of its own, and the test plays the kernel: it reads what
// is shown from one named pipe and confirms it in the other.
func TestInANotebook(t *testing.T) {
	folder := t.TempDir()
	from, to := filepath.Join(folder, "from"), filepath.Join(folder, "to")
	for _, pipe := range []string{from, to} {
		if err := syscall.Mkfifo(pipe, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, os.Args[0])
	command.Env = append(os.Environ(), cellVariable+"=1", protocol.GONB_PIPE_ENV+"="+from, protocol.GONB_PIPE_BACK_ENV+"="+to)
	var output strings.Builder
	command.Stdout, command.Stderr = &output, &output
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	shown := make(chan []*protocol.DisplayData)
	go func() { shown <- kernel(t, from, to) }()
	if err := command.Wait(); err == nil || command.ProcessState.ExitCode() != 2 {
		t.Errorf("the cell with a verdict that does not hold ended with %v: %s", err, output.String())
	}
	got := <-shown
	if text := output.String(); !strings.Contains(text, "1 of 1 claims do not hold: It fails. (here:") || strings.Contains(text, "not reached") {
		t.Errorf("output %s", text)
	}
	want := []struct {
		kind protocol.MIMEType
		part string
	}{
		{protocol.MIMETextMarkdown, "A *text*."}, {protocol.MIMETextHTML, `<table class="frame">`},
		{protocol.MIMETextHTML, ">0.3333333333333333<"},
		{protocol.MIMETextPlain, "replicas: 1 of 2 ██████████░░░░░░░░░░ 1m30s left"}, {protocol.MIMETextPlain, "replicas: 2 of 2"},
		{protocol.MIMETextHTML, "<figcaption>"},
		{protocol.MIMETextHTML, "It holds."}, {protocol.MIMETextHTML, "It fails."},
	}
	if len(got) != len(want) {
		t.Fatalf("%d displays, want %d", len(got), len(want))
	}
	for i, display := range got {
		if text, _ := display.Data[want[i].kind].(string); !strings.Contains(text, want[i].part) {
			t.Errorf("display %d: %v, want %q", i, display.Data, want[i].part)
		}
	}
	for i, display := range got {
		if updated := i == 3 || i == 4; (display.DisplayID != "") != updated || updated && display.DisplayID != got[3].DisplayID {
			t.Errorf("display %d has the id %q", i, display.DisplayID)
		}
	}
	if plain, _ := got[5].Data[protocol.MIMETextPlain].(string); !strings.Contains(plain, "Solid: the limit") {
		t.Errorf("plain text of the figure: %q", plain)
	}
}

// kernel returns what a cell shows until it ends. It confirms like GoNB's kernel does.
func kernel(t *testing.T, from, to string) (shown []*protocol.DisplayData) {
	reader, err := os.Open(from)
	if err != nil {
		t.Error(err)
		return nil
	}
	defer reader.Close()
	writer, err := os.OpenFile(to, os.O_WRONLY, 0)
	if err != nil {
		t.Error(err)
		return nil
	}
	defer writer.Close()
	decoder, encoder := gob.NewDecoder(reader), gob.NewEncoder(writer)
	for {
		display := new(protocol.DisplayData)
		if decoder.Decode(display) != nil {
			return shown // the cell has ended
		}
		request, ok := display.Data[protocol.MIMECommValue].(protocol.CommValue)
		if !ok {
			shown = append(shown, display)
			continue
		}
		if err := encoder.Encode(&protocol.CommValue{Address: protocol.GonbuiSyncAckAddress, Value: request.Value}); err != nil {
			t.Error(err)
		}
	}
}

// Outside a notebook nothing is shown, and errors and verdicts are the same.
func TestOutsideANotebook(t *testing.T) {
	Markdown("text")
	Frame(dataframe.New(series.New([]float64{1}, series.Float, "x")))
	Verdicts(analysis.Verdict{Outcome: analysis.Holds})
	Progress("rounds")(simulate.Progress{Finished: 1, Replicas: 2})
	panics(t, "empty DataFrame", func() { Frame(dataframe.New()) })
	panics(t, "empty DataFrame", func() { Exact(dataframe.New()) })
	panics(t, "no verdicts", func() { Verdicts() })
	panics(t, "1 of 2 claims do not hold: c (w: measured 3, which is 2.5 to 3.5, where 1 to 2 was predicted)", func() {
		Verdicts(analysis.Verdict{Outcome: analysis.Holds}, analysis.Verdict{Claim: "c", Where: "w", PredictedLow: 1, PredictedHigh: 2, Measured: 3, Low: 2.5, High: 3.5})
	})
}

func panics(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		if err, _ := recover().(error); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}()
	f()
}
