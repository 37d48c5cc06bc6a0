package kernel

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// The name and the title under which Jupyter knows the kernel.
const (
	Name        = "gonb"
	DisplayName = "Go (gonb)"
)

// specification is Jupyter's kernel.json.
type specification struct {
	Arguments   []string          `json:"argv"`
	DisplayName string            `json:"display_name"`
	Environment map[string]string `json:"env"`
	Interrupt   string            `json:"interrupt_mode"`
	Language    string            `json:"language"`
}

// Install makes the kernel known to Jupyter and returns the folder it wrote.
// With an empty prefix it does so for the current user, otherwise for the
// Jupyter installed under prefix. Jupyter completes the PATH by its own when it
// starts the kernel, so go and goimports are found whatever that is.
func Install(tools Tools, prefix string) (string, error) {
	folder, err := specificationFolder(prefix)
	if err != nil {
		return "", err
	}
	// In kernel.json a dollar sign starts a variable.
	path := strings.ReplaceAll(tools.path(""), "$", "$$")
	data, err := json.MarshalIndent(specification{
		Arguments:   append([]string{tools.gonb()}, kernelArguments("{connection_file}")...),
		DisplayName: DisplayName,
		Environment: map[string]string{
			"PATH":    path + string(os.PathListSeparator) + "${PATH}",
			"GOFLAGS": strings.ReplaceAll(tools.goFlags, "$", "$$"),
		},
		Interrupt: "message",
		Language:  "go",
	}, "", " ")
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	return folder, os.WriteFile(filepath.Join(folder, "kernel.json"), append(data, '\n'), 0o644)
}

// Uninstall takes back Install with the same prefix and returns the folder it
// removed. It is an error if there is none.
func Uninstall(prefix string) (string, error) {
	folder, err := specificationFolder(prefix)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(folder, "kernel.json")); errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("no kernel is installed in %s", folder)
	}
	return folder, os.RemoveAll(folder)
}

// specificationFolder follows Jupyter's rules on where kernels are.
func specificationFolder(prefix string) (string, error) {
	data := os.Getenv("JUPYTER_DATA_DIR")
	if prefix != "" {
		absolute, err := filepath.Abs(prefix)
		if err != nil {
			return "", err
		}
		data = filepath.Join(absolute, "share", "jupyter")
	} else if data == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("installing a kernel for the user needs a home directory or JUPYTER_DATA_DIR: %w", err)
		}
		data = filepath.Join(home, ".local", "share", "jupyter")
		if runtime.GOOS == "darwin" {
			data = filepath.Join(home, "Library", "Jupyter")
		} else if shared := os.Getenv("XDG_DATA_HOME"); shared != "" {
			data = filepath.Join(shared, "jupyter")
		}
	}
	return filepath.Join(data, "kernels", Name), nil
}
