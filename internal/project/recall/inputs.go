package recall

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"balanced/bnn/store"
	"balanced/internal/jupyter/nbformat"
	"balanced/internal/project"
)

// written are the files below data that runs write, and no chapter reads.
var written = []string{"data/results/verdicts.csv", "data/results/README.md", "data/figures"}

// inputsOf is a hash of all that chapters of the project at root stand on, besides their own
// cells and what the store's recipes add: the code of the packages that they may import, comments
// and tests left out, what is embedded there, the versions of other modules, and data. It is empty
// where there are no such packages, and where it cannot tell: with modules that are taken from folders.
func inputsOf(ctx context.Context, root string) (string, error) {
	found, err := packages(ctx, root)
	if err != nil || len(found.folders) == 0 {
		return "", err
	}
	tree := os.DirFS(root)
	goMod, err := fs.ReadFile(tree, "go.mod")
	if err != nil || replacedByFolder(goMod) {
		return "", err
	}
	identity, err := store.CodeIdentity(tree, found.module, found.folders...)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	fmt.Fprintln(sum, identity)
	for _, line := range found.list {
		fmt.Fprintln(sum, line)
	}
	for _, name := range append(found.files, "go.mod", "go.sum") {
		if err := addFile(sum, tree, name); err != nil {
			return "", err
		}
	}
	err = addFolder(sum, tree, "data", 0)
	return hex.EncodeToString(sum.Sum(nil)), err
}

// addFolder adds all files below a folder, which may be missing. A link to a folder is followed, as
// a chapter does that reads there; links that lead deeper than any data are an error.
func addFolder(sum hash.Hash, tree fs.FS, folder string, links int) error {
	if links > 8 {
		return fmt.Errorf("%s leads from link to link: must not contain itself", folder)
	}
	return fs.WalkDir(tree, folder, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case slices.Contains(written, name) && entry.IsDir():
			return fs.SkipDir
		case slices.Contains(written, name) || entry.IsDir():
			return nil
		case entry.Type()&fs.ModeSymlink != 0:
			if target, err := fs.Stat(tree, name); err == nil && target.IsDir() {
				fmt.Fprintln(sum, name)
				return addFolder(sum, tree, name, links+1)
			}
		}
		return addFile(sum, tree, name)
	})
}

// addFile adds a file, by its name and length, to a hash; one that is not there adds its name. The
// path of the module, which go.mod begins with, is left out.
func addFile(sum hash.Hash, tree fs.FS, name string) error {
	if about, err := fs.Stat(tree, name); err == nil && !about.Mode().IsRegular() {
		_, err = fmt.Fprintln(sum, name, about.Mode()) // a pipe, say, which would have no end
		return err
	}
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

// inputsOfChapter adds to the inputs of all chapters what one of them executes, and how, and the
// files of the project at root that its cells name.
func inputsOfChapter(all, root string, variant project.Variant, n *nbformat.Notebook) (string, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, all, variant.Quick, variant.Seed)
	for _, cell := range n.Cells {
		if cell.Kind != nbformat.Code {
			continue
		}
		fmt.Fprintf(sum, "%d %v\n%s", len(cell.Source), cell.Metadata["tags"], cell.Source)
		for _, name := range named.FindAllString(cell.Source, -1) {
			name = filepath.FromSlash(strings.Trim(name, "\"'`"))
			if !filepath.IsAbs(name) {
				name = filepath.Join(project.NotebooksFolder(root), name)
			}
			if err := addNamed(sum, name); err != nil {
				return "", err
			}
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// named are what a cell may read as a file, whether it is Go code or a command: what stands in quotes,
// and other words with a point or a slash. Names that it puts together are known in data alone.
var named = regexp.MustCompile("\"[^\"\\n]+\"|`[^`\\n]+`|'[^'\\n]+'|[^\\s\"'`()]*[./][^\\s\"'`()]*")

// addNamed adds a file if it is one.
func addNamed(sum hash.Hash, path string) error {
	if about, err := os.Stat(path); err != nil || !about.Mode().IsRegular() {
		return nil // a word, or a folder
	}
	return addFile(sum, os.DirFS(filepath.Dir(path)), filepath.Base(path))
}
