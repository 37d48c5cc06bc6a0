package main

import (
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestSameBytesForAnyWorkers(t *testing.T) {
	simulate := func(extra ...string) string {
		arguments := append([]string{"simulate", example("feedforward"), "--n", "20", "--replicas", "9", "--seed", "7", "--to", "1", "--every", "0.5"}, extra...)
		out, messages, code := call(t, arguments...)
		if code != 0 {
			t.Fatal(messages)
		}
		return out
	}
	store := t.TempDir()
	one := simulate("--workers", "1", "--store", "none")
	for _, extra := range [][]string{
		{"--workers", "2", "--store", "none"}, {"--workers", "5", "--store", store}, {"--store", store}, {"--method", "exact", "--store", "none"},
	} {
		if simulate(extra...) != one {
			t.Errorf("%v changes the output", extra)
		}
	}
	if one == simulate("--seed", "8", "--store", "none") {
		t.Error("the seed does not matter")
	}
	leap := simulate("--method", "leap", "--workers", "1", "--store", "none")
	for _, extra := range [][]string{
		{"--workers", "2", "--store", "none"}, {"--workers", "30", "--store", store}, {"--store", store},
	} {
		if simulate(append(extra, "--method", "leap")...) != leap {
			t.Errorf("%v changes the output of the leap", extra)
		}
	}
	if leap == one {
		t.Error("the method does not matter")
	}
}

// waitUntil waits for something that another process does.
func waitUntil(t *testing.T, happened func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !happened(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("what the test waits for did not happen within a minute")
		}
	}
}

// A run that was stopped exits as the signal asks, within a second, and what it
// finished is used by the next.
func TestStopAndResume(t *testing.T) {
	arguments := func(store string) []string {
		return []string{"simulate", example("abstract"), "--n", "60", "--replicas", "400", "--seed", "7", "--to", "1", "--every", "0.5", "--store", store}
	}
	// Under nohup, as the tests themselves may run, bnn rightly ignores a closed terminal;
	// what this process catches, bnn starts without.
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		store, limit := t.TempDir(), soon(t)
		command := program(arguments(store)...)
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		kept := func() []string {
			files, err := filepath.Glob(filepath.Join(store, "*", "*.replica"))
			if err != nil {
				t.Fatal(err)
			}
			return files
		}
		waitUntil(t, func() bool { return len(kept()) > 0 })
		begin := time.Now()
		if err := command.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		// The error is the exit code, which is looked at below.
		_ = command.Wait()
		if took := time.Since(begin); took > limit {
			t.Errorf("%v: stopped after %v, want at most %v", signal, took, limit)
		}
		if code := command.ProcessState.ExitCode(); code != 128+int(signal) {
			t.Errorf("%v: exit %d, want %d", signal, code, 128+int(signal))
		}
		finished := len(kept())
		if finished == 0 || finished == 400 {
			t.Fatalf("%v: %d replicas kept of a run that was stopped", signal, finished)
		}
		resumed, messages, code := call(t, arguments(store)...)
		if code != 0 {
			t.Fatal(messages)
		}
		if fresh, _, _ := call(t, arguments("none")...); resumed != fresh {
			t.Errorf("%v: the resumed run differs from an uninterrupted one", signal)
		}
	}
}

// Killed without warning at twenty moments, a run loses nothing that it had finished,
// and what it leaves behind misleads nobody.
func TestKilledTwentyTimes(t *testing.T) {
	store := t.TempDir()
	arguments := func(store string) []string {
		return []string{"simulate", example("abstract"), "--n", "50", "--replicas", "500", "--seed", "3", "--to", "1", "--every", "0.5", "--store", store}
	}
	finished := func() int {
		files, err := filepath.Glob(filepath.Join(store, "*", "*.replica"))
		if err != nil {
			t.Fatal(err)
		}
		return len(files)
	}
	random := rand.New(rand.NewPCG(1, 1))
	killed, before := 0, 0
	for range 20 {
		command := program(arguments(store)...)
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		// A moment of its work, however fast this machine is, and before the end.
		more := random.IntN(20)
		waitUntil(t, func() bool { return finished() > min(before+more, 499) })
		if err := command.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		// The error is that it was killed.
		_ = command.Wait()
		if after := finished(); after < before {
			t.Fatalf("%d replicas were lost", before-after)
		} else if before = after; after < 500 {
			killed++
		}
	}
	if killed < 15 {
		t.Fatalf("only %d of 20 kills came before the end; the run is too short for this test", killed)
	}
	resumed, messages, code := call(t, arguments(store)...)
	if code != 0 {
		t.Fatal(messages)
	}
	if fresh, _, _ := call(t, arguments("none")...); resumed != fresh {
		t.Error("the resumed run differs from an uninterrupted one")
	}
	if _, messages, code := call(t, "store", "verify", "--store", store); code != 0 || !strings.Contains(messages, "500 replicas are sound") {
		t.Errorf("exit %d: %s", code, messages)
	}
}
