package clients

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"balanced/internal/verification"

	"balanced/internal/browser"
	"balanced/internal/files"
	"balanced/internal/jupyter/kernel"
	"balanced/internal/jupyter/nbformat"
	"balanced/internal/jupyter/register"
)

func TestMain(m *testing.M) { os.Exit(browser.Run(m)) }

// client is the path of a program, which is there with the given modules of Python.
func client(t *testing.T, name string, modules ...string) string {
	t.Helper()
	verification.Long(t)
	program, err := exec.LookPath(name)
	if err == nil && len(modules) > 0 && exec.Command(program, "-c", "import "+strings.Join(modules, ", ")).Run() != nil {
		err = fmt.Errorf("%s has not all of the modules %s", program, strings.Join(modules, ", "))
	}
	if err != nil {
		missing(t, err)
	}
	return program
}

// missing ends a test whose program is not there, or too old.
func missing(t *testing.T, err error) {
	t.Helper()
	if os.Getenv("BALANCED_CLIENTS") == "required" {
		t.Fatal(err)
	}
	t.Skip(err)
}

// A desk is where somebody works: the project, which the tests leave as it is, with the
// kernel installed for the programs that find it by the environment, and a folder for what is
// written.
type desk struct {
	project, folder string
	tools           kernel.Tools
	environment     []string
}

func newDesk(t *testing.T) desk {
	t.Helper()
	tools, err := kernel.Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if _, err := register.Install(t.Context(), tools, filepath.Join(folder, "prefix")); err != nil {
		t.Fatal(err)
	}
	environment := append(os.Environ(), "JUPYTER_PATH="+filepath.Join(folder, "prefix", "share", "jupyter"))
	// What a user has set, and kept from earlier, is none of theirs.
	for _, name := range []string{
		"JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR",
	} {
		environment = append(environment, name+"="+filepath.Join(folder, strings.ToLower(name)))
	}
	return desk{tools.Module, folder, tools, environment}
}

// notebooks makes the folder notebooks of the desk, for copies.
func (d desk) notebooks(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(d.folder, "notebooks")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// run runs a program in the project's folder, and returns what it says.
func (d desk) run(t *testing.T, program string, arguments ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, arguments...)
	command.Dir, command.Env = d.project, d.environment
	said, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %.300s: %v\n%s", program, strings.Join(arguments, " "), err, said)
	}
	return string(said)
}

func read(t *testing.T, path string) *nbformat.Notebook {
	t.Helper()
	n, err := nbformat.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func write(t *testing.T, path string, n *nbformat.Notebook) {
	t.Helper()
	if err := n.Write(path); err != nil {
		t.Fatal(err)
	}
}

// difference tells where two notebooks, one executed by another client, have not the same
// sources, tags, attached pictures and, if wanted, outputs; it is empty if they have.
func difference(got, want *nbformat.Notebook, outputs bool) string {
	if len(got.Cells) != len(want.Cells) {
		return fmt.Sprintf("%d cells, want %d", len(got.Cells), len(want.Cells))
	}
	for i, cell := range got.Cells {
		other := want.Cells[i]
		switch {
		case cell.Kind != other.Kind || cell.Text() != other.Text():
			return fmt.Sprintf("cell %d is of kind %s, with the source\n%s\nwant %s and\n%s", i+1, cell.Kind, cell.Text(), other.Kind, other.Text())
		case tags(cell) != tags(other):
			return fmt.Sprintf("cell %d has the tags %s, want %s", i+1, tags(cell), tags(other))
		case outputs && string(cell.Attachments) != string(other.Attachments):
			return fmt.Sprintf("cell %d has other attachments", i+1)
		case outputs && !reflect.DeepEqual(cell.Outputs, other.Outputs):
			return fmt.Sprintf("cell %d has other outputs:\n%s\n", i+1, files.Difference(fmt.Sprint(other.Outputs), fmt.Sprint(cell.Outputs)))
		}
	}
	return ""
}

// tags lists the tags of a cell; some programs write an empty list where there are none.
func tags(cell nbformat.Cell) string {
	list, _ := cell.Metadata["tags"].([]any)
	return fmt.Sprint(list)
}
