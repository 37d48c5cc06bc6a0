package register

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// place is what decides where Jupyter has its data.
type place struct {
	system   string              // as runtime.GOOS
	variable func(string) string // of the environment
	home     string              // the home directory, if there is one
}

func here() place {
	home, _ := os.UserHomeDir()
	return place{runtime.GOOS, os.Getenv, home}
}

// user is the data folder of the user.
func (p place) user() (string, error) {
	if folder := p.variable("JUPYTER_DATA_DIR"); folder != "" {
		return filepath.Abs(folder)
	}
	// The newer folders, which Jupyter takes when it is told to.
	newer := p.variable("JUPYTER_PLATFORM_DIRS")
	platform := newer != "" && !slices.Contains([]string{"no", "n", "false", "off", "0", "0.0"}, strings.ToLower(newer))
	switch applications, local := p.variable("APPDATA"), p.variable("LOCALAPPDATA"); {
	case p.system == "windows" && platform && local != "":
		return filepath.Join(local, "Jupyter"), nil
	case p.system == "windows" && applications != "":
		return filepath.Join(applications, "jupyter"), nil
	}
	if shared := p.variable("XDG_DATA_HOME"); shared != "" && p.system != "darwin" && p.system != "windows" {
		return filepath.Join(shared, "jupyter"), nil
	}
	switch {
	case p.home == "":
		return "", errors.New("the folder of Jupyter of the user is not known without a home directory: set HOME or JUPYTER_DATA_DIR, or give --prefix")
	case p.system == "darwin" && platform:
		return filepath.Join(p.home, "Library", "Application Support", "Jupyter"), nil
	case p.system == "darwin":
		return filepath.Join(p.home, "Library", "Jupyter"), nil
	case p.system == "windows":
		return filepath.Join(p.home, ".jupyter", "data"), nil
	}
	return filepath.Join(p.home, ".local", "share", "jupyter"), nil
}

// search are the data folders in Jupyter's order, for when there is no Jupyter to ask:
// those of JUPYTER_PATH, the user, an active environment of Python, and the system.
func (p place) search() []string {
	folders := filepath.SplitList(p.variable("JUPYTER_PATH"))
	if user, err := p.user(); err == nil {
		folders = append(folders, user)
	}
	for _, name := range []string{"VIRTUAL_ENV", "CONDA_PREFIX"} {
		if prefix := p.variable(name); prefix != "" {
			folders = append(folders, below(prefix))
		}
	}
	if p.system != "windows" {
		return append(folders, "/usr/local/share/jupyter", "/usr/share/jupyter")
	}
	if shared := p.variable("PROGRAMDATA"); shared != "" {
		folders = append(folders, filepath.Join(shared, "jupyter"))
	}
	return folders
}

// below is the data folder of what is installed under a prefix.
func below(prefix string) string { return filepath.Join(prefix, "share", "jupyter") }

// answerLimit is for programs that only say something about themselves.
const answerLimit = 20 * time.Second

// dataFolders are all data folders, each once, in the order in which the jupyter on PATH
// looks for kernels, and after those the ones of the rules.
func dataFolders(ctx context.Context) []string {
	var folders []string
	if program, err := exec.LookPath("jupyter"); err == nil {
		ctx, cancel := context.WithTimeout(ctx, answerLimit)
		defer cancel()
		var paths struct{ Data []string }
		if text, err := exec.CommandContext(ctx, program, "--paths", "--json").Output(); err == nil && json.Unmarshal(text, &paths) == nil {
			folders = paths.Data
		}
	}
	var unique []string
	for _, folder := range append(folders, here().search()...) {
		if folder = filepath.Clean(folder); !slices.Contains(unique, folder) {
			unique = append(unique, folder)
		}
	}
	return unique
}
