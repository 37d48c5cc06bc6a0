package kernel

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"balanced/internal/jupyter/kernel/kerneltest"
	"balanced/internal/jupyter/nbformat"
	"balanced/internal/verification"
)

func TestMain(m *testing.M) { kerneltest.Main(m) }

// start starts the kernel for tests, in no project.
func start(t *testing.T) *Kernel {
	t.Helper()
	tools := Tools{Folder: kerneltest.Folder(t), Module: "/project"}
	k, err := Start(t.Context(), tools, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := k.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(k.process.folder); err == nil {
			t.Errorf("the kernel's folder %s is still there", k.process.folder)
		}
	})
	return k
}

func execute(t *testing.T, k *Kernel, commands ...string) *Execution {
	t.Helper()
	execution, err := k.Execute(t.Context(), strings.Join(commands, "\n"), time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	return execution
}

// show writes outputs in a short form for comparison.
func show(outputs []nbformat.Output) []string {
	var list []string
	for _, o := range outputs {
		list = append(list, strings.TrimSpace(fmt.Sprint(o.Kind, " ", o.Name, " ", o.Text, " ", o.Data, " ", o.ErrorName, " ", o.ErrorValue)))
	}
	return list
}

func wantOutputs(t *testing.T, e *Execution, want ...nbformat.Output) {
	t.Helper()
	if got := e.Outputs(); !reflect.DeepEqual(show(got), show(want)) {
		t.Errorf("outputs\n%q\nwant\n%q", show(got), show(want))
	}
}

func stream(name, text string) nbformat.Output {
	return nbformat.Output{Kind: nbformat.Stream, Name: name, Text: text}
}

func display(mime, text string) nbformat.Output {
	return nbformat.Output{Kind: nbformat.DisplayData, Data: map[string]any{mime: text}}
}

func TestExecuteCollectsEveryKindInFixedOrder(t *testing.T) {
	k := start(t)
	e := execute(t, k, "error Boom it broke", "display - text/html <b>", "stderr one", "result text/plain 42",
		"stdout two", "stderr three", "stdout four")
	wantOutputs(t, e,
		stream("stdout", "two\nfour\n"), stream("stderr", "one\nthree\n"), display("text/html", "<b>"),
		nbformat.Output{Kind: nbformat.ExecuteResult, Data: map[string]any{"text/plain": "42"}},
		nbformat.Output{Kind: nbformat.Error, ErrorName: "Boom", ErrorValue: "it broke"})
	if got := e.Outputs()[3].ExecutionCount; got != 1 {
		t.Errorf("execution count of the result is %d, want 1", got)
	}
	if got, want := e.Failure(), "one\nthree\nit broke"; got != want {
		t.Errorf("failure %q, want %q", got, want)
	}
	// The kernel goes on after a cell that failed.
	wantOutputs(t, execute(t, k, "stdout fine"), stream("stdout", "fine\n"))
}

func TestOutputsDoNotDependOnArrival(t *testing.T) {
	k := start(t)
	var want []string
	for seed := range 40 {
		commands := []string{fmt.Sprint("shuffle ", seed), "error E last"}
		for i := range 8 {
			commands = append(commands, fmt.Sprint("stdout o", i), fmt.Sprint("stderr e", i), fmt.Sprint("display - text/plain d", i))
		}
		got := show(execute(t, k, commands...).Outputs())
		if want == nil {
			want = got
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d gives\n%q\nwant\n%q", seed, got, want)
		}
	}
}

func TestUpdateReachesEarlierCells(t *testing.T) {
	k := start(t)
	first := execute(t, k, "display a text/plain 1", "display b text/plain 2", "update a text/plain 3")
	wantOutputs(t, first, display("text/plain", "3"), display("text/plain", "2"))
	second := execute(t, k, "update a text/html 4", "update nobody text/plain 5")
	wantOutputs(t, second)
	third := execute(t, k, "display a text/plain 6")
	wantOutputs(t, third, display("text/plain", "6"))
	wantOutputs(t, first, display("text/plain", "6"), display("text/plain", "2"))
}

func TestClearOutput(t *testing.T) {
	k := start(t)
	wantOutputs(t, execute(t, k, "stdout a", "display x text/plain 1", "clear", "stdout b"), stream("stdout", "b\n"))
	wantOutputs(t, execute(t, k, "stdout a", "clear wait"), stream("stdout", "a\n"))
	wantOutputs(t, execute(t, k, "stdout a", "clear wait", "display - text/plain 1"), display("text/plain", "1"))
}

func TestSilentFailures(t *testing.T) {
	k := start(t)
	for text, fails := range map[string]bool{
		"exit status 1":   true,
		"exit status 127": true,
		"signal: killed":  true,
		`"%nosuch" unknown or not implemented yet.`: true,
		"exit status 0":            false,
		"the exit status 1 is bad": false,
	} {
		if got := execute(t, k, "stderr "+text).Failure() != ""; got != fails {
			t.Errorf("stderr %q: failure %v, want %v", text, got, fails)
		}
		if execute(t, k, "stdout "+text).Failure() != "" {
			t.Errorf("stdout %q is taken for a failure", text)
		}
	}
}

func TestForgedMessageIsRefused(t *testing.T) {
	k := start(t)
	if _, err := k.Execute(t.Context(), "forge", time.Minute); !errors.Is(err, errSignature) {
		t.Errorf("error %v, want %v", err, errSignature)
	}
}

func TestKernelRefusesOurForgedMessage(t *testing.T) {
	k := start(t)
	forger := &client{signer: signer{[]byte("another key")}, session: k.client.session, sockets: k.client.sockets}
	if _, err := forger.send("shell", "kernel_info_request", struct{}{}); err != nil {
		t.Fatal(err)
	}
	_, err := k.Execute(t.Context(), "sleep 1h", time.Minute)
	if err == nil || !strings.Contains(err.Error(), "wrong signature") {
		t.Errorf("error %v, want the kernel to die of a wrong signature", err)
	}
}

func TestDeadKernelLeavesItsLog(t *testing.T) {
	k := start(t)
	e, err := k.Execute(t.Context(), "stdout before\ndie \x1b[31mfatal: out of luck\x1b[0m", time.Minute)
	if err == nil || !strings.Contains(err.Error(), "exit status 3") || !strings.Contains(err.Error(), "\nfatal: out of luck") {
		t.Errorf("error %v, want the exit status and the log", err)
	}
	wantOutputs(t, e, stream("stdout", "before\n"))
}

func TestKernelThatDoesNotStart(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "gonb"), []byte("#!/bin/sh\necho no such luck\nexit 5\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), Tools{Folder: folder}, t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "no such luck") {
		t.Errorf("error %v, want the log of the kernel", err)
	}
}

func TestTimeoutAndInput(t *testing.T) {
	k := start(t)
	begin := time.Now()
	execute(t, k, "stdout before")
	// A limit that what comes before the wait keeps easily on this machine as it is now.
	limit := 100*time.Millisecond + 20*time.Since(begin)
	e, err := k.Execute(t.Context(), "stdout before\nsleep 1h", limit)
	if !errors.Is(err, ErrTimeout) {
		t.Errorf("error %v, want %v", err, ErrTimeout)
	}
	wantOutputs(t, e, stream("stdout", "before\n"))
	if _, err := start(t).Execute(t.Context(), "input\nsleep 1h", time.Minute); !errors.Is(err, ErrInput) {
		t.Errorf("error %v, want %v", err, ErrInput)
	}
}

func TestCancelEndsKernelAndChildren(t *testing.T) {
	verification.Long(t)
	for _, commands := range []string{"child %s\nsleep 1h", "stubborn\nchild %s\nsleep 1h"} {
		k := start(t)
		ctx, socket := untilChild(t)
		if _, err := k.Execute(ctx, fmt.Sprintf(commands, socket), time.Minute); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v, want %v", err, context.Canceled)
		}
		if !answers(socket) {
			t.Error("the child is gone before it was killed: the test shows nothing")
		}
		k.Close()
		for end := time.Now().Add(time.Minute); answers(socket); {
			if time.Now().After(end) {
				t.Fatalf("%q: the child has survived its kernel", commands)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
}

func TestCancelInterruptsFirst(t *testing.T) {
	k := start(t)
	note := filepath.Join(t.TempDir(), "note")
	ctx, socket := untilChild(t)
	if _, err := k.Execute(ctx, "note "+note+"\nchild "+socket+"\nsleep 1h", time.Minute); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want %v", err, context.Canceled)
	}
	k.Close()
	if _, err := os.Stat(note); err != nil {
		t.Errorf("the kernel was not interrupted: %v", err)
	}
}

// untilChild returns a context that ends once a child of the kernel answers at the socket:
// the cell is then at what comes after it.
func untilChild(t *testing.T) (ctx context.Context, socket string) {
	t.Helper()
	// Not in a folder of the kernel, where the socket would go with the folder.
	folder, err := os.MkdirTemp("/tmp", "bnn-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	socket = filepath.Join(folder, "child")
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for !answers(socket) && t.Context().Err() == nil {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	return ctx, socket
}

func answers(socket string) bool {
	connection, err := net.Dial("unix", socket)
	if err != nil {
		return false
	}
	connection.Close()
	return true
}

func TestOutputsNameNoFoldersOfThisRun(t *testing.T) {
	k := start(t)
	for _, mark := range []string{"", " \x1b[7m[[ Cell [2] Line 13 ]]\x1b[0m ", " \x1b[7m[[ Cell Line 1 ]]\x1b[0m "} {
		e := execute(t, k, "stderr at "+mark+filepath.Join(k.process.folder, "tmp")+"/gonb_0123abcd/main.go:3 and /project/bnn/network.go:7")
		wantOutputs(t, e, stream("stderr", "at GONB_TMP_DIR/gonb/main.go:3 and bnn/network.go:7\n"))
	}
}
