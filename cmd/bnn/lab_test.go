package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// pretendJupyter puts scripts on PATH, before all others, and returns their folder.
func pretendJupyter(t *testing.T, scripts map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, content := range scripts {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"+content), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
	return folder
}

const tell = `echo "$(basename $0) in $(basename $(pwd)) with $* and $JUPYTER_PATH"
ls "${JUPYTER_PATH%%:*}/kernels"
exit 7
`

func TestLab(t *testing.T) {
	t.Setenv("JUPYTER_PATH", "/others")
	t.Setenv("JUPYTER_DATA_DIR", t.TempDir())
	pretendJupyter(t, map[string]string{"jupyter-notebook": tell})
	for _, c := range []struct{ arguments, want string }{
		{"lab", "jupyter-notebook in notebooks with  and "},
		{"lab --notebook -- --port 9 x", "jupyter-notebook in notebooks with --port 9 x and "},
	} {
		out, messages, code := callProcess(t, strings.Fields(c.arguments)...)
		if code != 7 || !strings.HasPrefix(out, c.want) || !strings.HasSuffix(out, ":/others\ngonb\n") {
			t.Errorf("%s: exit %d: %s%s, want %s", c.arguments, code, out, messages, c.want)
		}
	}
	pretendJupyter(t, map[string]string{"jupyter-lab": tell})
	for _, c := range []struct{ arguments, want string }{
		{"lab", "jupyter-lab "}, {"lab --notebook", "jupyter-notebook "},
	} {
		if out, messages, code := callProcess(t, strings.Fields(c.arguments)...); code != 7 || !strings.HasPrefix(out, c.want) {
			t.Errorf("%s: exit %d: %s%s, want %s", c.arguments, code, out, messages, c.want)
		}
	}
	if _, messages, code := callProcess(t, "lab", "x"); code != exitUsage || !strings.Contains(messages, "must follow --") {
		t.Errorf("an argument without --: exit %d: %s", code, messages)
	}
	if own, err := os.ReadDir(os.Getenv("JUPYTER_DATA_DIR")); err != nil || len(own) > 0 {
		t.Errorf("the folder of the user has %v, %v", own, err)
	}
	t.Setenv("PATH", t.TempDir())
	if _, messages, code := callProcess(t, "lab"); code != exitFailed || !strings.Contains(messages, "pipx install jupyterlab") {
		t.Errorf("without Jupyter: exit %d: %s", code, messages)
	}
}

func TestSignalsReachJupyter(t *testing.T) {
	begun := filepath.Join(t.TempDir(), "begun")
	pretendJupyter(t, map[string]string{"jupyter-lab": "trap 'exit 9' TERM INT\ntouch '" + begun + "'\nwhile :; do sleep 0.05; done\n"})
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		command := program("lab")
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
			if _, err := os.Stat(begun); err == nil {
				break
			}
			if time.Now().After(end) {
				t.Fatal("Jupyter was not started")
			}
		}
		if err := command.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		command.Wait()
		if code := command.ProcessState.ExitCode(); code != 9 {
			t.Errorf("%v: exit %d, want 9", signal, code)
		}
		if err := os.Remove(begun); err != nil {
			t.Fatal(err)
		}
	}
}
