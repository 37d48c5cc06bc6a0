//go:build !unix

package kernel

import (
	"errors"
	"os/exec"
)

func prepareGroup(*exec.Cmd) error {
	return errors.New("notebooks can be run on Linux and macOS only, as GoNB needs named pipes")
}

func interruptGroup(*exec.Cmd) {}

func killGroup(*exec.Cmd) {}
