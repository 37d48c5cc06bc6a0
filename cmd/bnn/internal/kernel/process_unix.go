//go:build unix

package kernel

import (
	"os/exec"
	"syscall"
)

// prepareGroup gives the program a process group of its own: a Ctrl-C in the
// terminal does not reach it, and a kill reaches all it starts.
func prepareGroup(command *exec.Cmd) error {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return nil
}

func interruptGroup(command *exec.Cmd) { syscall.Kill(-command.Process.Pid, syscall.SIGINT) }

func killGroup(command *exec.Cmd) { syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
