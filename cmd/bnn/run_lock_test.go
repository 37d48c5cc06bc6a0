//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"balanced/internal/jupyter/nbformat"
	"balanced/internal/project"
	"balanced/internal/project/projecttest"
)

// While notebooks of a project are run, nobody else runs some or writes the book, and is
// told who is at work. Afterwards everybody may, also if the first was killed, which ends
// its kernel too.
func TestOneRunAtATime(t *testing.T) {
	root, path := projecttest.New(t)
	pinned(t, root)
	fifo := filepath.Join(root, "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	// The cell says that it runs, and then waits to be told to end.
	n := &nbformat.Notebook{Cells: []nbformat.Cell{{Kind: nbformat.Markdown, Source: "# A"}, {Kind: nbformat.Code, Source: "!echo $PPID >../fifo && cat ../fifo"}}}
	if err := n.Write(path("notes")); err != nil {
		t.Fatal(err)
	}
	command := program("run", path("notes"))
	command.Dir, command.Env = root, append(command.Env, "PWD="+root)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	told, err := os.Open(fifo)
	if err != nil {
		t.Fatal(err)
	}
	kernel := 0
	if _, err := fmt.Fscan(told, &kernel); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("process %d, bnn run %s, is at work in this project", command.Process.Pid, path("notes"))
	for _, arguments := range []string{"run " + path("01-a"), "run", "run --check", "run --quick", "book"} {
		if messages, code := callIn(t, root, strings.Fields(arguments)...); code != exitFailed || !strings.Contains(messages, want) {
			t.Errorf("%s beside a run: exit %d: %s, want %s", arguments, code, messages, want)
		}
	}
	if err := command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = command.Wait() // the error is that it was killed
	if messages, code := callIn(t, root, "book"); code != 0 {
		t.Errorf("after a run that was killed: exit %d: %s", code, messages)
	}
	if unlock, err := project.Lock(root); err != nil {
		t.Error(err)
	} else if unlock(); err == nil {
		if text, err := os.ReadFile(filepath.Join(root, "out", ".lock")); err != nil || len(text) > 0 {
			t.Errorf("a lock that was let go still names %q, %v", text, err)
		}
	}
	if err := os.WriteFile(fifo, nil, 0); err != nil { // lets the cell end
		t.Fatal(err)
	}
	if runtime.GOOS != "linux" {
		_ = syscall.Kill(kernel, syscall.SIGKILL) // which may have ended by itself
		return
	}
	runs := func() bool { // what has ended, and nobody has asked how, has no arguments
		arguments, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", kernel))
		return err == nil && len(arguments) > 0
	}
	for end := time.Now().Add(time.Minute); runs(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the kernel of a run that was killed is still there")
		}
	}
}
