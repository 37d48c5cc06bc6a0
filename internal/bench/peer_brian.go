package bench

import (
	"context"
	"os/exec"
)

// brianTargets are the ways in which Brian2 runs a network: from Python with NumPy, from Python with
// loops that Cython compiles, and as a program of C++ of its own.
var brianTargets = []string{"numpy", "cython", "cpp_standalone"}

// brianPeer is a Brian2 program that is run by a target, which is the last of its arguments. Those
// that compile need a C++ compiler.
func (l *laboratory) brianPeer(ctx context.Context, target, script string) (peer, error) {
	packages := []string{"brian2", "numpy"}
	if target == "cython" {
		packages = append(packages, "Cython")
	}
	p, err := l.pythonPeer(ctx, "Brian2 "+target, script, packages...)
	if err != nil || p.absent != "" || target == "numpy" {
		return p, err
	}
	if _, err := exec.LookPath("g++"); err != nil {
		p.absent = "no C++ compiler (g++) on PATH"
	}
	return p, nil
}
