package project

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// lockName is the file in out that the program at work in a project holds locked. It
// stays there when that ends, as two others might hold two files of that name otherwise.
const lockName = ".lock"

// Lock keeps other programs from running notebooks in the project at root or writing its
// book until it is unlocked or this process ends, however it does. If another one is at
// work, the error names that. Outside of the project, the root being empty, there is nothing
// to lock.
func Lock(root string) (unlock func(), err error) {
	if root == "" {
		return func() {}, nil
	}
	path := filepath.Join(OutFolder(root, Variant{}), lockName)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, err
	}
	held := flock.New(path)
	locked, err := held.TryLock()
	if err != nil {
		return nil, fmt.Errorf("two programs must not work in one project, but this one cannot be locked: %w", err)
	}
	if !locked {
		other, err := os.ReadFile(path)
		if err != nil || len(other) == 0 { // it is just beginning, or ending
			other = []byte("another bnn")
		}
		return nil, fmt.Errorf("%s is at work in this project, and one of them would overwrite what the other writes: wait for its end, or end it", other)
	}
	holder := fmt.Sprintf("process %d, bnn %s,", os.Getpid(), strings.Join(os.Args[1:], " "))
	if err := os.WriteFile(path, []byte(holder), 0o666); err != nil {
		return nil, errors.Join(err, held.Unlock())
	}
	return func() {
		// What fails here ends with the process.
		_ = errors.Join(os.Truncate(path, 0), held.Unlock())
	}, nil
}
