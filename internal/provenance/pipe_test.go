//go:build unix

package provenance

import (
	"path/filepath"
	"syscall"
	"testing"
)

// A pipe is refused before it is opened, which would wait for somebody who writes to it.
func TestReadPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	if record, err := Read(path); err == nil {
		t.Errorf("a pipe was made by %v", record)
	}
}
