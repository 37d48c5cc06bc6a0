//go:build !unix

package kernel

import (
	"errors"
	"os/exec"
)

var errSystem = errors.New("notebooks can be run on Linux and macOS only, as GoNB needs named pipes; on Windows there is WSL")

func prepareGroup(*exec.Cmd) error { return errSystem }

func interruptGroup(*exec.Cmd) {}

func killGroup(*exec.Cmd) {}
