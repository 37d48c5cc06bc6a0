package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"balanced/internal/project/projecttest"
)

// The program serves until it is told to stop.
func TestServe(t *testing.T) {
	root, _ := projecttest.New(t)
	if err := os.WriteFile(filepath.Join(root, "go.mod"), []byte("module balanced\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if messages, code := callIn(t, root, "serve", "--address", "127.0.0.1:0"); code != exitUsage || !strings.Contains(messages, "bnn book writes it") {
		t.Errorf("without a book: exit %d: %s", code, messages)
	}
	if messages, code := callIn(t, root, "book"); code != 0 {
		t.Fatalf("exit %d: %s", code, messages)
	}
	if messages, code := callIn(t, root, "serve", "--address", "0.0.0.0:0"); code != exitUsage || !strings.Contains(messages, `--address "0.0.0.0:0"`) {
		t.Errorf("on all addresses: exit %d: %s", code, messages)
	}
	command := program("serve", "--address", "127.0.0.1:0")
	command.Dir, command.Env = root, append(command.Env, "PWD="+root)
	messages, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(messages).ReadString('\n')
	address := regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+/`).FindString(line)
	if err != nil || address == "" {
		t.Fatalf("message %q, %v", line, err)
	}
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil || !strings.Contains(string(body), "Title of 02-b") {
		t.Errorf("the cover is %s, %v", body, err)
	}
	limit := soon(t)
	begin := time.Now()
	if err := command.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	// The error is the exit code, which is looked at below.
	_ = command.Wait()
	if code := command.ProcessState.ExitCode(); code != 128+int(syscall.SIGINT) || time.Since(begin) > limit {
		t.Errorf("exit %d after %v, want %d at once", code, time.Since(begin), 128+int(syscall.SIGINT))
	}
}
