package kernel

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// inputReader tells whether a program of a cell waits to read its standard input, which
// GoNB leaves open and never writes to, and returns what program that is and how much
// processor time it has used, for comparison with a later call. It finds nothing where
// the system does not show what its processes wait for.
func (p *process) inputReader() (reader string, waits bool) {
	kernel := strconv.Itoa(p.command.Process.Pid)
	pipes := map[string]bool{}
	descriptors, _ := filepath.Glob(filepath.Join("/proc", kernel, "fd", "*"))
	for _, descriptor := range descriptors {
		if link, err := os.Readlink(descriptor); err == nil && strings.HasPrefix(link, "pipe:") {
			pipes[link] = true
		}
	}
	if len(pipes) == 0 {
		return "", false
	}
	programs, _ := filepath.Glob("/proc/[1-9]*")
	for _, program := range programs {
		input, err := os.Readlink(filepath.Join(program, "fd", "0"))
		if err != nil || !pipes[input] || filepath.Base(program) == kernel || !readsInput(program) {
			continue
		}
		return filepath.Base(program) + " " + processorTime(program), true
	}
	return "", false
}

// readsInput tells whether a thread of the program, a folder of /proc, waits in the
// system call that reads file 0.
func readsInput(program string) bool {
	calls, _ := filepath.Glob(filepath.Join(program, "task", "*", "syscall"))
	for _, call := range calls {
		text, err := os.ReadFile(call)
		if err == nil && strings.HasPrefix(string(text), fmt.Sprintf("%d 0x0 ", syscall.SYS_READ)) {
			return true
		}
	}
	return false
}

// processorTime is the time that a program has used so far, in ticks of the system.
func processorTime(program string) string {
	text, err := os.ReadFile(filepath.Join(program, "stat"))
	if err != nil {
		return ""
	}
	// The name of the program, which may hold anything, is the second field, in brackets.
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	if len(fields) < 13 {
		return ""
	}
	return fields[11] + " " + fields[12]
}
