package register

import (
	"context"
	"fmt"
	"go/version"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"

	pins "balanced"
	"balanced/internal/jupyter/kernel"
)

// A Status is what a check has found.
type Status string

// What a check may find: all well, something missing that is needed, or something that
// is good to know.
const (
	OK      Status = "ok"
	Missing Status = "missing"
	Note    Status = "note"
)

// A Check is one line of a report, in plain words; Mend is the command or step that mends
// what is missing, or gets what might be liked.
type Check struct {
	Status     Status
	Text, Mend string
}

// Well tells whether nothing is missing.
func Well(checks []Check) bool {
	for _, check := range checks {
		if check.Status == Missing {
			return false
		}
	}
	return true
}

const install = "bnn kernel install"

// Examine looks at everything that a notebook of the project needs to run in Jupyter, in
// a fixed order, and starts the kernel as Jupyter would. The project is that of the
// working directory; outside of it the kernel is to be that of this program. It takes a
// few seconds.
func Examine(ctx context.Context) []Check {
	checks := []Check{{Note, "this folder is not in the project: what follows is about notebooks of your own", "cd into the project"}}
	if module, err := kernel.FindModule(nil); err == nil {
		checks = []Check{{OK, "the project is in " + module, ""}}
	}
	program, err := exec.LookPath("go")
	if err != nil {
		none := Check{Missing, "there is no go program on PATH", "install Go from https://go.dev/dl and put its folder bin on PATH"}
		return append(append(checks, none), programs(ctx)...)
	}
	tools, err := kernel.Find(ctx)
	if err != nil {
		return append(append(checks, Check{Missing, err.Error(), "install the Go that go.mod asks for, from https://go.dev/dl"}), programs(ctx)...)
	}
	checks = append(checks, goVersion(tools, program), built(tools))
	checks = append(append(checks, registrations(ctx, tools)...), completion())
	return append(checks, programs(ctx)...)
}

// goVersion compares Go with what go.mod asks for.
func goVersion(tools kernel.Tools, program string) Check {
	data, needed := pins.GoMod, ""
	if own, err := os.ReadFile(filepath.Join(tools.Module, "go.mod")); tools.Module != "" && err == nil {
		data = own
	}
	if file, err := modfile.ParseLax("go.mod", data, nil); err == nil && file.Go != nil {
		needed = "go" + file.Go.Version
	}
	text := fmt.Sprintf("%s is %s, and the project needs %s", program, tools.GoVersion, needed)
	if version.Compare(tools.GoVersion, needed) < 0 {
		return Check{Missing, text, "install it from https://go.dev/dl"}
	}
	return Check{OK, text, ""}
}

// built tells whether the pinned programs have been compiled.
func built(tools kernel.Tools) Check {
	pinned := strings.Join(tools.Pinned, " and ")
	if !tools.Built() {
		return Check{Missing, "the notebook kernel is not built yet: " + pinned, install}
	}
	return Check{OK, pinned + " are built", ""}
}

// registrations looks at all places where Jupyter may find the kernel. The first one in
// its order counts, and is started; others may count for another Jupyter.
func registrations(ctx context.Context, tools kernel.Tools) []Check {
	var checks []Check
	first, well := "", false
	for _, data := range dataFolders(ctx) {
		folder := kernelFolder(data)
		if _, err := os.Stat(folder); err != nil {
			continue
		}
		found := inspect(tools, folder, data)
		if first == "" {
			first, well = folder, found.Status == OK
		} else {
			found.Text += "; Jupyter takes the one above"
		}
		checks = append(checks, found)
	}
	if first == "" {
		return []Check{{Missing, "Jupyter does not know the kernel " + kernel.Name, install}}
	}
	if !well { // what it would say is known already
		return checks
	}
	return append(checks, answers(ctx, first))
}

// inspect tells whether a kernel.json is one that runs the pinned programs.
func inspect(tools kernel.Tools, folder, data string) Check {
	s, err := readSpecification(folder)
	mend := makeWay(folder) + " && " + install
	if s.ours() {
		mend = installInto(data)
	}
	problem := ""
	switch {
	case err != nil:
		problem = "its kernel.json cannot be read: " + err.Error()
	case len(s.Arguments) == 0:
		problem = "its kernel.json names no program"
	default:
		problem = unlikePinned(tools, s)
	}
	if problem != "" {
		return Check{Missing, fmt.Sprintf("the kernel in %s: %s", folder, problem), mend}
	}
	if !s.ours() {
		return Check{OK, fmt.Sprintf("the kernel in %s is the pinned one, though not installed by bnn", folder), ""}
	}
	return Check{OK, fmt.Sprintf("the kernel is registered in %s", folder), ""}
}

// installInto is the command that writes the kernel into a data folder again.
func installInto(data string) string {
	if user, err := here().user(); err == nil && user == data {
		return install
	}
	if prefix, ok := strings.CutSuffix(data, filepath.Join("/share", "jupyter")); ok {
		return fmt.Sprintf("%s --prefix '%s'", install, prefix)
	}
	return fmt.Sprintf("rm -r '%s' && %s", kernelFolder(data), install)
}
