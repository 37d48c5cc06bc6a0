package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"balanced/bnn/store"
	"balanced/internal/verification"
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
	folder := t.TempDir()
	one := simulate("--workers", "1", "--store", "none")
	for _, extra := range [][]string{
		{"--workers", "2", "--store", "none"}, {"--workers", "5", "--store", folder}, {"--store", folder}, {"--method", "exact", "--store", "none"},
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
		{"--workers", "2", "--store", "none"}, {"--workers", "30", "--store", folder}, {"--store", folder},
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
	for end := time.Now().Add(time.Minute); !happened(); time.Sleep(20 * time.Millisecond) { // to look into a store takes some
		if time.Now().After(end) {
			t.Fatal("what the test waits for did not happen within a minute")
		}
	}
}

// replicasIn counts the replicas in the store of a folder.
func replicasIn(t *testing.T, folder string) int {
	t.Helper()
	entries, err := store.At(folder).List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	replicas := 0
	for _, entry := range entries {
		replicas += entry.Records
	}
	return replicas
}

// A run that was stopped exits as the signal asks, within a second, and what it
// finished is used by the next.
func TestStopAndResume(t *testing.T) {
	verification.Long(t)
	arguments := func(folder string) []string {
		return []string{"simulate", example("abstract"), "--n", "60", "--workers", "1", "--replicas", "400", "--seed", "7", "--to", "1", "--every", "0.5", "--store", folder}
	}
	// Under nohup, as the tests themselves may run, bnn rightly ignores a closed terminal;
	// what this process catches, bnn starts without.
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	stops := []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP}
	fresh, _, _ := call(t, arguments("none")...)
	for _, signal := range stops {
		t.Run(signal.String(), func(t *testing.T) {
			if signal != syscall.SIGTERM {
				verification.Only(t)
			}
			folder, limit := t.TempDir(), soon(t)
			command := program(arguments(folder)...)
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			waitUntil(t, func() bool { return replicasIn(t, folder) > 0 })
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
			finished := replicasIn(t, folder)
			if finished == 0 || finished == 400 {
				t.Fatalf("%v: %d replicas kept of a run that was stopped", signal, finished)
			}
			resumed, messages, code := call(t, arguments(folder)...)
			if code != 0 {
				t.Fatal(messages)
			}
			if resumed != fresh {
				t.Errorf("%v: the resumed run differs from an uninterrupted one", signal)
			}
		})
	}
}

// Killed without warning at twenty moments, a run loses nothing that it had finished,
// and what it leaves behind misleads nobody.
func TestKilledTwentyTimes(t *testing.T) {
	verification.Only(t)
	const replicas, kills = 4000, 20
	folder := t.TempDir()
	arguments := func(folder string) []string {
		return []string{"simulate", example("abstract"), "--n", "50", "--workers", "1", "--replicas", fmt.Sprint(replicas), "--seed", "3", "--to", "4", "--every", "0.5", "--store", folder}
	}
	random := rand.New(rand.NewPCG(1, 1))
	killed, before := 0, 0
	for range kills {
		command := program(arguments(folder)...)
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		// A moment between two commits, however fast this machine is, and before the end.
		waitUntil(t, func() bool { return replicasIn(t, folder) > min(before, replicas-1) })
		time.Sleep(time.Duration(random.IntN(200)) * time.Millisecond)
		if err := command.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		// The error is that it was killed.
		_ = command.Wait()
		if after := replicasIn(t, folder); after < before {
			t.Fatalf("%d replicas were lost", before-after)
		} else if before = after; after < replicas {
			killed++
		}
	}
	if killed < kills*3/4 {
		t.Fatalf("only %d of %d kills came before the end; the run is too short for this test", killed, kills)
	}
	resumed, messages, code := call(t, arguments(folder)...)
	if code != 0 {
		t.Fatal(messages)
	}
	if fresh, _, _ := call(t, arguments("none")...); resumed != fresh {
		t.Error("the resumed run differs from an uninterrupted one")
	}
	if _, messages, code := call(t, "store", "verify", "--store", folder); code != 0 || !strings.Contains(messages, fmt.Sprint(replicas, " replicas and points are sound")) {
		t.Errorf("exit %d: %s", code, messages)
	}
}
