//go:build unix

package kernel

import (
	"os/exec"
	"syscall"
)

// errSystem is why notebooks cannot be run on this system.
var errSystem error

// prepareGroup gives the program a process group of its own: a Ctrl-C in the
// terminal does not reach it, and a kill reaches all it starts.
func prepareGroup(command *exec.Cmd) error {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	endWithThread(command.SysProcAttr)
	return nil
}

func interruptGroup(command *exec.Cmd) { syscall.Kill(-command.Process.Pid, syscall.SIGINT) }

func killGroup(command *exec.Cmd) { syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
