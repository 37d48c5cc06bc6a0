package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestKernelCommands installs the real kernel for a user with a folder of his own, has
// it examined, and takes it back.
func TestKernelCommands(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data of a user")
	t.Setenv("JUPYTER_DATA_DIR", data)
	// The doctor asks a client for its version; Python takes a second to say so.
	pretendJupyter(t, map[string]string{"jupyter-nbconvert": "echo 7.16.6\n"})
	folder := filepath.Join(data, "kernels", "gonb")
	for _, c := range []struct {
		arguments, want string
		code            int
	}{
		{"kernel uninstall", "no kernel is installed in " + folder, exitFailed},
		{"kernel install", "installed: " + folder, 0},
		{"kernel doctor", "ok       the kernel is registered in " + folder + "\n", 0},
		{"kernel doctor --fix", "unknown flag", exitUsage},
		{"kernel uninstall --user", "removed: " + folder, 0},
		{"kernel install --prefix=", "--prefix is empty", exitUsage},
		{"kernel install --user --prefix=/x", "none of the others can be", exitUsage},
	} {
		out, messages, code := call(t, strings.Fields(c.arguments)...)
		if code != c.code || !strings.Contains(out+messages, c.want) {
			t.Errorf("%s: exit %d: %s%s, want %s", c.arguments, code, out, messages, c.want)
		}
	}
	if left, err := os.ReadDir(filepath.Join(data, "kernels")); err != nil || len(left) > 0 {
		t.Errorf("left are %v, %v", left, err)
	}
	t.Chdir(t.TempDir())
	out, _, code := call(t, "kernel", "doctor")
	if code != exitFailed || !strings.HasPrefix(out, "note     this folder is not in the project") || !strings.Contains(out, "missing  Jupyter does not know the kernel gonb\n") {
		t.Errorf("outside the project: exit %d: %s", code, out)
	}
}
