package register

import (
	"context"
	"os/exec"
	"strings"
)

// The programs of Jupyter that open or run notebooks, and what they are.
var known = []struct{ program, name string }{
	{"jupyter-lab", "JupyterLab"}, {"jupyter-notebook", "Jupyter Notebook"}, {"jupyter-nbconvert", "nbconvert"},
}

// HowToGet says how to get a Jupyter, in words.
const HowToGet = `Any one of these will do; notebooks need no Python package:
  Debian, Ubuntu   apt-get install jupyter-notebook
  pipx             pipx install jupyterlab
  conda            conda install -c conda-forge jupyterlab
  VS Code          the extension Jupyter (ms-toolsai.jupyter); then bnn kernel install`

// programs tells which programs of Jupyter there are. None is needed to run notebooks.
func programs(ctx context.Context) []Check {
	var checks []Check
	for _, k := range known {
		path, err := exec.LookPath(k.program)
		if err != nil {
			continue
		}
		limited, cancel := context.WithTimeout(ctx, answerLimit)
		version, err := exec.CommandContext(limited, path, "--version").Output()
		cancel()
		if err != nil { // as with the place-holders of pyenv
			checks = append(checks, Check{Note, path + " does not start: " + err.Error(), ""})
			continue
		}
		checks = append(checks, Check{OK, k.name + " " + strings.TrimSpace(string(version)) + " is " + path, ""})
	}
	if len(checks) == 0 {
		return []Check{{Note, "there is no Jupyter on PATH; bnn run needs none", "bnn lab says how to get one"}}
	}
	return checks
}

// completion tells whether the kernel can complete names and show documentation as one types: it
// asks gopls, Go's language server, for both.
func completion() Check {
	path, err := exec.LookPath("gopls")
	if err != nil {
		return Check{Note, "there is no gopls on PATH, by which the kernel completes names and shows documentation", "go install golang.org/x/tools/gopls@latest"}
	}
	return Check{OK, "completion comes from " + path, ""}
}

// FindProgram returns the path of JupyterLab, or of Jupyter Notebook if there is none or
// only that is wanted, and "" if there is neither.
func FindProgram(notebookOnly bool) string {
	for _, k := range known[:2] {
		if notebookOnly && k.program == "jupyter-lab" {
			continue
		}
		if path, err := exec.LookPath(k.program); err == nil {
			return path
		}
	}
	return ""
}
