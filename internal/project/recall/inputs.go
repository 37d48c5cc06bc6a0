package recall

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"balanced/bnn/store"
	"balanced/internal/jupyter/nbformat"
	"balanced/internal/project"
)

// importable are what a cell of a chapter may import, as go list knows them.
var importable = []string{"./notebooks/show", "./analysis/...", "./bnn/..."}

// written are the files below data that runs write, and no chapter reads.
var written = []string{"data/results/verdicts.csv", "data/results/README.md", "data/figures"}

// inputsOf is a hash of all that chapters of the project at root stand on, besides their own
// cells and what the store's recipes add: the code of the packages that they may import, comments
// and tests left out, what is embedded there, the versions of other modules, and data. It is empty
// where there are no such packages.
func inputsOf(ctx context.Context, root string) (string, error) {
	module, folders, embedded, err := packages(ctx, root)
	if err != nil || len(folders) == 0 {
		return "", err
	}
	tree := os.DirFS(root)
	code, err := store.CodeIdentity(tree, module, folders...)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	fmt.Fprintln(sum, code)
	for _, name := range append(embedded, "go.mod", "go.sum") {
		if err := addFile(sum, tree, name); err != nil {
			return "", err
		}
	}
	err = fs.WalkDir(tree, "data", func(name string, entry fs.DirEntry, err error) error {
		if slices.Contains(written, name) {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a project may have no data
		}
		if err != nil || entry.IsDir() {
			return err
		}
		return addFile(sum, tree, name)
	})
	return hex.EncodeToString(sum.Sum(nil)), err
}

// addFile adds a file, by its name and length, to a hash; one that is not there adds its name. The
// path of the module, which go.mod begins with, is left out.
func addFile(sum hash.Hash, tree fs.FS, name string) error {
	content, err := fs.ReadFile(tree, name)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if name == "go.mod" {
		_, content, _ = bytes.Cut(content, []byte("\n"))
	}
	fmt.Fprintln(sum, name, len(content))
	sum.Write(content)
	return err
}

// packages are the path of the project's module, the folders of its packages that cells may link,
// and the files embedded in them other than Go code, both from the root and with slashes.
func packages(ctx context.Context, root string) (module string, folders, embedded []string, err error) {
	list := exec.CommandContext(ctx, "go", append([]string{"list", "-e", "-deps", "-f",
		"{{with .Module}}{{if .Main}}{{.Path}}\t{{$.Dir}}{{range $.EmbedFiles}}\t{{.}}{{end}}{{end}}{{end}}"}, importable...)...)
	list.Dir = root
	var messages bytes.Buffer
	list.Stderr = &messages
	output, err := list.Output()
	if err != nil {
		return "", nil, nil, fmt.Errorf("the code that chapters stand on: go list: %w\n%s", err, messages.String())
	}
	lines := bufio.NewScanner(bytes.NewReader(output))
	lines.Buffer(nil, len(output)+1)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		if len(fields) < 2 || fields[1] == "" {
			continue // of another module, or named above and not there
		}
		module = fields[0]
		folder, err := filepath.Rel(root, fields[1])
		if err != nil {
			return "", nil, nil, err
		}
		folder = filepath.ToSlash(folder)
		folders = append(folders, folder)
		for _, file := range fields[2:] {
			if path.Ext(file) != ".go" {
				embedded = append(embedded, path.Join(folder, file))
			}
		}
	}
	return module, folders, embedded, lines.Err()
}

// inputsOfChapter adds to the inputs of all chapters what one of them executes, and how.
func inputsOfChapter(all string, variant project.Variant, n *nbformat.Notebook) string {
	sum := sha256.New()
	fmt.Fprintln(sum, all, variant.Quick, variant.Seed)
	for _, cell := range n.Cells {
		if cell.Kind == nbformat.Code {
			fmt.Fprintf(sum, "%d %v\n%s", len(cell.Source), cell.Metadata["tags"], cell.Source)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}
