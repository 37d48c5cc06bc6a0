package bench

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
)

// pythons are the programs that are tried: the one of the environment that .ci/peers makes,
// a path below the module; the first on PATH, which may be one without packages; and the system's.
var pythons = []string{"out/peers/bin/python", "python3", "/usr/bin/python3"}

// pythonPeer finds a Python with all the packages that an embedded program imports.
func (l *laboratory) pythonPeer(ctx context.Context, name, script string, packages ...string) (peer, error) {
	p := peer{name: name}
	folder, err := unpackPeers(l.folder)
	if err != nil {
		return p, err
	}
	probe := "import platform, " + strings.Join(packages, ", ") + "\nprint('Python', platform.python_version()"
	for _, each := range packages {
		probe += ", '" + each + "', " + each + ".__version__"
	}
	probe += ")"
	for _, python := range pythons {
		if strings.HasPrefix(python, "out/") {
			python = filepath.Join(l.Module, filepath.FromSlash(python))
		}
		path, err := exec.LookPath(python)
		if err != nil {
			continue
		}
		// A Python that cannot import them is one to pass over.
		version, err := runCommand(ctx, []string{path, "-c", probe})
		if ctx.Err() != nil {
			return p, context.Cause(ctx)
		}
		if err == nil {
			p.version = strings.TrimSpace(string(version))
			p.command = []string{path, filepath.Join(folder, script)}
			return p, nil
		}
	}
	p.absent = "no Python with " + strings.Join(packages, " and ") + " among " + strings.Join(pythons, ", ") + "; .ci/peers makes the first"
	return p, nil
}
