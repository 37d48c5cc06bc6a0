package bench

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The C programs: this package's plain one, the one that package bnn keeps beside its
// exact method, of the same algorithm, one of the algorithm of the leap, and two of the algorithms that
// JumpProcesses.jl has for sparse graphs of dependencies. All take the arguments n, duration, seed and
// the two thresholds of the networks dense and silent; the last two also the in-degree of
// a sparse network, or 0 for a process a pair. The one of the leap takes the step after the duration,
// and after the seed how far apart the times are at which it tells the means.
const (
	naiveC    = "internal/bench/peers/naive.c"
	leapC     = "internal/bench/peers/leap.c"
	thinningC = "bnn/testdata/peers/thinning.c"
	rssaC     = "internal/bench/peers/rssa.c"
	coevolveC = "internal/bench/peers/coevolve.c"
)

// cPeer compiles a C program of the project for this very processor.
func (l *laboratory) cPeer(ctx context.Context, source string) (peer, error) {
	p := peer{name: filepath.Base(source)}
	path := filepath.Join(l.Module, filepath.FromSlash(source))
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		p.absent = "there is no " + source
		return p, nil
	}
	compiler := ""
	for _, name := range []string{"gcc", "cc"} {
		if found, err := exec.LookPath(name); err == nil {
			compiler = found
			break
		}
	}
	if compiler == "" {
		p.absent = "no C compiler (gcc or cc) on PATH"
		return p, nil
	}
	version, err := runCommand(ctx, []string{compiler, "-dumpfullversion"})
	if err != nil {
		return p, err
	}
	p.version = filepath.Base(compiler) + " " + strings.TrimSpace(string(version)) + " -O3 -march=native"
	program := filepath.Join(l.folder, strings.TrimSuffix(p.name, ".c"))
	_, err = runCommand(ctx, []string{compiler, "-O3", "-march=native", "-o", program, path, "-lm"})
	p.command = []string{program}
	return p, err
}
