package balanced

import (
	"bytes"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors are the rooms of docs/decisions/rooms.md, from the ground upwards: a package may
// import what is on floors below its own, and nothing beside or above, but for packages of the
// same room. A folder belongs to the room with the longest name that it begins with.
var floors = [][]string{
	{"bnn/internal/numbers", "bnn/internal/normal", "internal/files", "internal/verification"},
	{"internal/jupyter/nbformat", "bnn/internal/quadrature", "internal/reference"},
	{"bnn"},
	{"bnn/internal", "bnn/store"},
	{"bnn/internal/manifold"},
	{"bnn/internal/equations", "bnn/internal/noise", "bnn/internal/stationary"},
	{"bnn/theory"},
	{"bnn/internal/leap"},
	{"bnn/simulate"},
	{"analysis/internal"},
	{"bnn/sweep"},
	{"analysis"},
	{"analysis/figure"},
	{"internal/table", "internal/progress", "internal/jupyter", "internal/browser", "internal/slurm"},
	{"internal/provenance"},
	{"internal/export", "internal/table/output"},
	{"internal/flags", "internal/book", "internal/bench"},
	{"internal/explorer"},
	{"internal/project"},
	{"internal/mutation", "internal/rename"},
	{"notebooks"},
	{"cmd/bnn"},
}

// roomOf is the room of a folder, and its floor.
func roomOf(t *testing.T, folder string) (room string, floor int) {
	t.Helper()
	for i, rooms := range floors {
		for _, name := range rooms {
			if (folder == name || strings.HasPrefix(folder, name+"/")) && len(name) > len(room) {
				room, floor = name, i
			}
		}
	}
	if room == "" {
		t.Errorf("%s belongs to no room: give it one here and in docs/decisions/rooms.md", folder)
	}
	return room, floor
}

// imported are the packages of this module that a folder's code imports, tests left out.
func imported(t *testing.T, folder string) (folders []string, lines int) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines += bytes.Count(text, []byte("\n"))
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if below, ours := strings.CutPrefix(path, modulePath(t)+"/"); ours && !slices.Contains(folders, below) {
				folders = append(folders, below)
			}
		}
	}
	return folders, lines
}

// modulePath is the name that go.mod gives.
func modulePath(t *testing.T) string {
	t.Helper()
	for line := range strings.Lines(string(GoMod)) {
		if path, found := strings.CutPrefix(strings.TrimSpace(line), "module "); found {
			return path
		}
	}
	t.Fatal("go.mod names no module")
	return ""
}

// Arrows point down only, and no room is larger than one can know.
func TestArrowsPointDown(t *testing.T) {
	const most, mostCommands, explorer = 4000, 2000, "internal/explorer"
	sizes := make(map[string]int)
	arrows := 0
	for _, folder := range packageFolders(t) {
		if folder == "." {
			continue
		}
		room, floor := roomOf(t, folder)
		below, lines := imported(t, folder)
		sizes[folder] += lines
		for _, to := range below {
			arrows++
			target, at := roomOf(t, to)
			if target != room && at >= floor {
				t.Errorf("%s (%s) imports %s (%s), which is not below it", folder, room, to, target)
			}
			// The toolkit of notebooks knows no neuron.
			if strings.HasPrefix(folder, "internal/jupyter/") && !strings.HasPrefix(to, "internal/jupyter/") && to != "internal/files" {
				t.Errorf("%s imports %s, but knows nothing of networks", folder, to)
			}
		}
	}
	if arrows < 50 {
		t.Fatalf("only %d arrows were found", arrows)
	}
	for room, lines := range sizes {
		allowed := most
		if room == "cmd/bnn" {
			allowed = mostCommands
		}
		if lines > allowed && !strings.HasPrefix(room, explorer) {
			t.Errorf("%s has %d lines, and not at most %d: it is two rooms", room, lines, allowed)
		}
	}
}
