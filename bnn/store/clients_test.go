//go:build !js

package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"balanced/internal/verification"
)

// Other programs read the store by the lines that the documentation of the package gives:
// what was written comes out, number by number, while a writer has the file open and after
// it. A program that is not there skips its part, or fails it if the environment variable
// BALANCED_CLIENTS is "required", as it is in CI.
func TestClients(t *testing.T) {
	verification.Long(t)
	const length = 3
	replicas := append(upTo(300), 310)
	s := At(t.TempDir())
	shelf := openShelf(t, s, example)
	var rows, written bytes.Buffer // as sqlite3 prints them; as they are in memory
	for _, replica := range replicas {
		values := numbers(replica, length)
		if err := shelf.WriteNumbers(replica, values); err != nil {
			t.Fatal(err)
		}
		value, err := binary.Append(nil, binary.LittleEndian, values)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&rows, "%d|%d|%X\n", replica, length, value)
		written.Write(value)
	}
	if err := shelf.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	key := shelf.Key()
	ensembles := fmt.Sprintf("%s|abstract|exact/2|10|18446744073709551615|301\n", key)
	frame := fmt.Sprintf("abstract 10 301\n301 3 %x\n", written.Bytes())
	file := s.path

	clients := func(t *testing.T) {
		t.Run("sqlite3", func(t *testing.T) {
			program := client(t, "sqlite3")
			compare(t, ensembles, program, "-readonly", file, "SELECT key, name, method, n, seed, records FROM ensembles")
			compare(t, rows.String(), program, "-readonly", file, "SELECT number, length, hex(value) FROM replicas WHERE key = '"+key+"' ORDER BY number")
		})
		for _, module := range []string{"pandas", "duckdb"} {
			t.Run(module, func(t *testing.T) {
				program := client(t, "python3", module, "numpy")
				compare(t, frame, program, filepath.Join("testdata", "read_"+module+".py"), file, key)
			})
		}
	}
	t.Run("beside a writer", clients)
	if err := shelf.Close(); err != nil {
		t.Fatal(err)
	}
	t.Run("after it", clients)
}

// client is the path of a program, which is there with the given modules of Python.
func client(t *testing.T, name string, modules ...string) string {
	t.Helper()
	program, err := exec.LookPath(name)
	if err == nil {
		for _, module := range modules {
			if exec.Command(program, "-c", "import "+module).Run() != nil {
				err = fmt.Errorf("%s has no module %s", program, module)
			}
		}
	}
	switch {
	case err != nil && os.Getenv("BALANCED_CLIENTS") == "required":
		t.Fatal(err)
	case err != nil:
		t.Skip(err)
	}
	return program
}

// compare runs a program and compares what it prints.
func compare(t *testing.T, want, program string, arguments ...string) {
	t.Helper()
	command := exec.Command(program, arguments...)
	var problem bytes.Buffer
	command.Stderr = &problem
	got, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, problem.Bytes())
	}
	if string(got) != want {
		t.Errorf("%s printed\n%.300s\nand not\n%.300s", program, got, want)
	}
}
