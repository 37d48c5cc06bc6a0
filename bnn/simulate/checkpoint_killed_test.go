//go:build !js

package simulate

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"balanced/bnn"
	"balanced/bnn/store"
	"balanced/internal/verification"
)

// The process that the next test kills.
func TestMain(m *testing.M) {
	if kind := os.Getenv("BNN_TEST_KILLED"); kind != "" {
		checkpointEvery, lookEvery = 0, 5*time.Millisecond
		if err := printEnsemble(kind, os.Getenv("BNN_TEST_STORE")); err != nil {
			os.Stderr.WriteString(err.Error())
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func printEnsemble(kind, folder string) error {
	ensemble := longEnsembles(new(testing.T))[kind]
	ensemble.Store = store.At(folder)
	summary, err := ensemble.Run(context.Background(), rareTimes)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(summary.Moments)
}

// Killed without warning at many moments, a run of long replicas goes on to the bytes of one that was
// not, and no second of it is lost.
func TestKilledInsideReplicas(t *testing.T) {
	verification.Long(t)
	for kind, ensemble := range longEnsembles(t) {
		summary, err := ensemble.Run(context.Background(), rareTimes)
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal(summary.Moments)
		if err != nil {
			t.Fatal(err)
		}
		folder := t.TempDir()
		killed, resumed, ends := 0, false, 0
		for {
			var out, messages bytes.Buffer
			command := exec.Command(os.Args[0])
			command.Env = append(os.Environ(), "BNN_TEST_KILLED="+kind, "BNN_TEST_STORE="+folder)
			command.Stdout, command.Stderr = &out, &messages
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			// Until it has made a checkpoint of its own, and a moment of no fixed length.
			before := newest(t, folder)
			ended := make(chan error, 1)
			go func() { ended <- command.Wait() }()
			var end error
			done := false
			for !done && newest(t, folder) == before {
				select {
				case end = <-ended:
					done = true
				case <-time.After(time.Millisecond):
				}
			}
			if !done && killed < 15 { // enough; let it come to its end
				time.Sleep(time.Duration(killed*7%23) * time.Millisecond)
				if err := command.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
					t.Fatal(err)
				}
			}
			if !done {
				end = <-ended
			}
			if end == nil {
				if !bytes.Equal(bytes.TrimSpace(out.Bytes()), want) {
					t.Errorf("%s: after %d kills the bytes differ", kind, killed)
				}
				// A busy machine may look away until a run has ended: then another one begins.
				if ends++; killed < 5 && ends < 20 {
					folder = t.TempDir()
					continue
				}
				break
			}
			if command.ProcessState.Exited() {
				t.Fatalf("%s: %v after %d kills: %s", kind, end, killed, &messages)
			}
			killed++
			resumed = resumed || before != ""
		}
		if killed < 5 || !resumed {
			t.Errorf("%s: only %d kills in %d runs", kind, killed, ends)
		}
	}
}

// newest are the checkpoints in a store.
func newest(t testing.TB, folder string) string {
	shelf := shelfOf(t, store.At(folder))
	if shelf == nil {
		return ""
	}
	var text strings.Builder
	for replica := range 2 {
		text.Write(bnn.Must(shelf.Checkpoint(context.Background(), replica)))
	}
	if err := shelf.Close(); err != nil {
		t.Fatal(err)
	}
	return text.String()
}
