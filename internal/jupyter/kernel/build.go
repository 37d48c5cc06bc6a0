package kernel

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"

	pins "balanced"
)

// Tools are the programs a kernel needs. The zero value is of no use; get it
// from Build.
type Tools struct {
	// Folder holds the programs gonb and goimports.
	Folder string
	// GoFolder holds the go program.
	GoFolder string
	// Module is the root folder of the project; empty outside of it.
	Module string
	// GoVersion is that of the go program, as go1.26.0.
	GoVersion string
	// Pinned are the modules of gonb and goimports with the versions that the project
	// pins, as "github.com/janpfeifer/gonb v0.11.4".
	Pinned []string
	// GoFlags are GOFLAGS for the programs of cells.
	GoFlags string

	versions string // folder of the go.mod that pins the versions, while they are looked up
}

// Module is the path of the module whose versions this program was built with: the project
// that is looked for.
var Module = modfile.ModulePath(pins.GoMod)

// CacheName is the project's folder in the user's cache, whatever the path of the module.
const CacheName = "balanced"

// Programs are the names of the programs in the folder of tools.
var Programs = []string{"gonb", "goimports"}

func (t Tools) gonb() string { return filepath.Join(t.Folder, "gonb") }

// Built tells whether all programs are there: a cache may be tidied up file by file.
func (t Tools) Built() bool {
	for _, name := range Programs {
		if _, err := os.Stat(filepath.Join(t.Folder, name)); err != nil {
			return false
		}
	}
	return true
}

// path returns a PATH on which go and goimports are found first.
func (t Tools) path(rest string) string {
	folders := []string{t.Folder, t.GoFolder}
	if rest != "" {
		folders = append(folders, rest)
	}
	return strings.Join(folders, string(os.PathListSeparator))
}

// The packages whose programs are built, and the modules they are in.
var (
	toolPackages = []string{"github.com/janpfeifer/gonb", "golang.org/x/tools/cmd/goimports"}
	toolModules  = []string{"github.com/janpfeifer/gonb", "golang.org/x/tools"}
)

// Build returns the kernel's programs at the versions the project's go.mod pins,
// compiling them first if this user has not done so with this Go before. The
// project is the one the first of the folders is in that is in one; none means
// the working directory. Outside of the project the versions are those of the
// project this program was built in. The first build takes half a minute, all
// others a tenth of a second. Any number of processes may build at once.
func Build(ctx context.Context, folders ...string) (Tools, error) {
	return withVersions(folders, func(tools Tools) (Tools, error) {
		tools, err := tools.find(ctx)
		if err != nil || tools.Built() {
			return tools, err
		}
		return tools, tools.compile(ctx)
	})
}

// Find is Build without compiling: the programs may not be there yet.
func Find(ctx context.Context, folders ...string) (Tools, error) {
	return withVersions(folders, func(tools Tools) (Tools, error) { return tools.find(ctx) })
}

// withVersions does something with the project and the go.mod that pins the versions,
// which outside of the project is a temporary one.
func withVersions(folders []string, do func(Tools) (Tools, error)) (Tools, error) {
	if module, err := FindModule(folders); err == nil {
		return do(Tools{Module: module, versions: module})
	}
	versions, err := ownVersions()
	defer os.RemoveAll(versions)
	if err != nil {
		return Tools{}, err
	}
	return do(Tools{versions: versions})
}

// find looks for Go, and tells where the programs are or will be.
func (t Tools) find(ctx context.Context) (Tools, error) {
	if errSystem != nil {
		return Tools{}, errSystem
	}
	goProgram, err := exec.LookPath("go")
	if err != nil {
		return Tools{}, errors.New("there is no go program on PATH; notebooks need Go, see https://go.dev/dl")
	}
	if goProgram, err = filepath.Abs(goProgram); err != nil {
		return Tools{}, err
	}
	t.GoFolder = filepath.Dir(goProgram)
	environment, err := t.goEnvironment(ctx)
	if err != nil {
		return Tools{}, err
	}
	// Without debug data a cell is built in two thirds of the time; the lines of a
	// panic's stack are still named.
	t.GoFlags = strings.TrimSpace(environment.GOFLAGS + " -ldflags=-w")
	versions, err := t.run(ctx, append([]string{"list", "-m", "-f", "{{.Path}} {{.Version}}"}, toolModules...)...)
	if err != nil {
		return Tools{}, fmt.Errorf("go.mod of %s does not pin the notebook kernel: %w", t.versions, err)
	}
	t.Pinned, t.GoVersion = strings.Split(strings.TrimSpace(string(versions)), "\n"), environment.GOVERSION
	sum := sha256.Sum256(append(versions, environment.GOVERSION...))
	t.Folder = filepath.Join(cacheFolder(environment.GOCACHE), CacheName, "kernel", fmt.Sprintf("%x", sum[:8]))
	return t, nil
}

// ownVersions makes a folder with the go.mod and go.sum this program was built with.
func ownVersions() (string, error) {
	folder, err := os.MkdirTemp("", "bnn-versions-")
	if err != nil {
		return "", err
	}
	return folder, errors.Join(
		os.WriteFile(filepath.Join(folder, "go.mod"), pins.GoMod, 0o644),
		os.WriteFile(filepath.Join(folder, "go.sum"), pins.GoSum, 0o644),
	)
}

// compile builds into a folder of its own and then moves that into place, so
// that nobody ever sees half a kernel.
func (t Tools) compile(ctx context.Context) error {
	parent := filepath.Dir(t.Folder)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	building, err := os.MkdirTemp(parent, "building-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(building) // after the rename there is nothing to remove
	if err := os.Chmod(building, 0o755); err != nil {
		return err
	}
	for _, tool := range toolPackages {
		program := filepath.Join(building, filepath.Base(tool))
		if _, err := t.run(ctx, "build", "-o", program, tool); err != nil {
			return fmt.Errorf("building the notebook kernel: %w", err)
		}
	}
	err = os.Rename(building, t.Folder)
	if err != nil && !t.Built() { // what is there lacks a program
		err = errors.Join(os.RemoveAll(t.Folder), os.Rename(building, t.Folder))
	}
	if t.Built() {
		return nil // ours, or those of another process which was faster
	}
	return err
}

type goEnvironment struct{ GOVERSION, GOFLAGS, GOCACHE string }

func (t Tools) goEnvironment(ctx context.Context) (goEnvironment, error) {
	var environment goEnvironment
	data, err := t.run(ctx, "env", "-json", "GOVERSION", "GOFLAGS", "GOCACHE")
	if err != nil {
		return environment, err
	}
	return environment, json.Unmarshal(data, &environment)
}

// run runs the go program at the go.mod that pins the versions, outside of any
// workspace: that file alone decides on them.
func (t Tools) run(ctx context.Context, arguments ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, filepath.Join(t.GoFolder, "go"), arguments...)
	command.Dir = t.versions
	command.Env = append(os.Environ(), "GOWORK=off", "PWD="+t.versions)
	var problems bytes.Buffer
	command.Stderr = &problems
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go %s: %w\n%s", arguments[0], err, bytes.TrimSpace(problems.Bytes()))
	}
	return out, nil
}

// cacheFolder is the user's cache directory, or Go's own where there is no
// home directory.
func cacheFolder(goCache string) string {
	if folder, err := os.UserCacheDir(); err == nil {
		return folder
	}
	return goCache
}

// FindModule returns the root of the project one of the folders is in.
func FindModule(folders []string) (string, error) {
	if len(folders) == 0 {
		folders = []string{"."}
	}
	var searched []string
	for _, folder := range folders {
		folder, err := filepath.Abs(folder)
		if err != nil {
			return "", err
		}
		searched = append(searched, folder)
		for {
			data, err := os.ReadFile(filepath.Join(folder, "go.mod"))
			if err == nil && modfile.ModulePath(data) == Module {
				return folder, nil
			}
			parent := filepath.Dir(folder)
			if parent == folder {
				break
			}
			folder = parent
		}
	}
	return "", fmt.Errorf("no go.mod of module %s in or above %s: run bnn inside the project", Module, strings.Join(searched, ", "))
}
