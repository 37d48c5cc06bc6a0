package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Outside of the project notebooks are executed, and nothing else is written.
func TestRunOutsideOfTheProject(t *testing.T) {
	folder := t.TempDir()
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	code := `{"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null, "source": "!echo $((6 * 7))"}], "nbformat": 4, "nbformat_minor": 2, `
	write("of others.ipynb", code+`"metadata": {}}`)
	write("python.ipynb", code+`"metadata": {"kernelspec": {"name": "python3"}}}`)
	run := func(arguments ...string) (messages string, code int) {
		command := program(append([]string{"run"}, arguments...)...)
		command.Dir = folder
		command.Env = append(command.Env, "PWD="+folder)
		var text strings.Builder
		command.Stderr = &text
		if err := command.Run(); err != nil && command.ProcessState == nil {
			t.Fatal(err)
		}
		return text.String(), command.ProcessState.ExitCode()
	}
	if messages, code := run("of others.ipynb", "python.ipynb"); code != exitUsage || !strings.Contains(messages, `python.ipynb is a notebook of the kernel "python3"`) {
		t.Errorf("exit %d: %s", code, messages)
	}
	if content, err := os.ReadFile(filepath.Join(folder, "of others.ipynb")); err != nil || !strings.HasPrefix(string(content), code) {
		t.Errorf("a notebook was run before another one was refused: %s, %v", content, err)
	}
	if messages, code := run("of others.ipynb"); code != 0 || messages != "executing 1 code cell of 1 notebook, 1 at a time\nof others.ipynb: 1 cell, all well\n" {
		t.Errorf("exit %d: %s", code, messages)
	}
	if messages, code := run("--check", "of others.ipynb"); code != 0 {
		t.Errorf("exit %d: %s", code, messages)
	}
	if content, err := os.ReadFile(filepath.Join(folder, "of others.ipynb")); err != nil || !strings.Contains(string(content), `"42\n"`) {
		t.Errorf("the notebook holds %s, %v", content, err)
	}
	for _, arguments := range [][]string{nil, {"--quick", "of others.ipynb"}} {
		if messages, code := run(arguments...); code != exitUsage || !strings.Contains(messages, "of the project") {
			t.Errorf("%v: exit %d: %s", arguments, code, messages)
		}
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 2 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}
