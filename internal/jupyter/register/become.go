package register

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// Become replaces this program by another one in a folder. It returns only if it cannot.
func Become(program string, arguments []string, folder string) error {
	program, err := filepath.Abs(program)
	if err != nil {
		return err
	}
	if err := errors.Join(os.Chdir(folder), os.Setenv("PWD", folder)); err != nil {
		return err
	}
	return fmt.Errorf("starting %s: %w", program, syscall.Exec(program, append([]string{program}, arguments...), os.Environ()))
}
