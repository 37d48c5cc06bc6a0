package bench

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strings"
)

// describeMachine tells the processor, the number of cores that Go may use, and the
// system.
func describeMachine() (string, error) {
	processor, err := valueInFile("/proc/cpuinfo", "model name", ":")
	if err != nil {
		return "", err
	}
	system, err := valueInFile("/etc/os-release", "PRETTY_NAME", "=")
	if err != nil {
		return "", err
	}
	if processor == "" {
		processor = runtime.GOARCH
	}
	if system == "" {
		system = runtime.GOOS
	}
	return fmt.Sprintf("%s; %d cores; %s", processor, runtime.NumCPU(), system), nil
}

// valueInFile returns the value after the first such key in a file of lines, "" if there
// is none or no such file, as on systems that are not Linux.
func valueInFile(path, key, separator string) (string, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		before, after, found := strings.Cut(lines.Text(), separator)
		if found && strings.TrimSpace(before) == key {
			return strings.Trim(strings.TrimSpace(after), `"`), nil
		}
	}
	return "", lines.Err()
}
