package rename

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"unicode/utf8"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

// rooms are the folders of packages: the path of the module is what stands before one of them.
const rooms = "bnn|analysis|notebooks|internal|cmd"

// left are the folders that are not copied: what git knows, and what is made again.
var left = []string{".git", "out"}

// Copy copies the project at root into a folder that is not there yet, or empty, with another path of
// its module: in go.mod, in imports and in what names packages, in code, notebooks, pages and
// scripts. Results that are kept in a store are those of the copy, too. The error says what is
// wrong with the path or the folder; what was copied until an error stays.
func Copy(root, path, folder string) error {
	if err := module.CheckPath(path); err != nil {
		return err
	}
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return err
	}
	before := modfile.ModulePath(data)
	if before == "" {
		return fmt.Errorf("%s: go.mod names no module", root)
	}
	if entries, err := os.ReadDir(folder); len(entries) > 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fmt.Errorf("%s: must be a new folder, or an empty one", folder))
	}
	if inside, err := within(root, folder); inside || err != nil {
		return errors.Join(err, fmt.Errorf("%s: must not be in the project", folder))
	}
	r := newRenamer(before, path)
	return filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		way, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		target := filepath.Join(folder, way)
		switch {
		case entry.IsDir() && slices.Contains(left, way):
			return fs.SkipDir
		case entry.IsDir():
			return os.MkdirAll(target, 0o777)
		case !entry.Type().IsRegular():
			return nil
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		return os.WriteFile(target, r.rename(filepath.ToSlash(way), content), info.Mode().Perm())
	})
}

// within tells whether a folder is below another one, or the same.
func within(root, folder string) (bool, error) {
	var paths [2]string
	for i, path := range []string{root, folder} {
		whole, err := filepath.Abs(path)
		if err != nil {
			return false, err
		}
		paths[i] = whole
	}
	way, err := filepath.Rel(paths[0], paths[1])
	return err == nil && filepath.IsLocal(way), nil
}

// A renamer changes the path of a module in texts.
type renamer struct {
	packages, exact, local *regexp.Regexp
	path                   []byte
}

func newRenamer(before, path string) renamer {
	quoted := regexp.QuoteMeta(before)
	return renamer{
		// The path before a room, but not within another path.
		regexp.MustCompile(`(^|[^\w./~-])` + quoted + `(/(?:` + rooms + `)\b)`),
		// The root package where it is imported, and the constant that names the module.
		regexp.MustCompile(`(?m)^((?:import |\s*\w+ |const Module = )"?)` + quoted + `(")$`),
		// go.mod, here and in texts of tests and pages, and the tool that sorts imports.
		regexp.MustCompile(`(?m)(\b(?:module|replace) |-local )` + quoted + `([\s"\\` + "`" + `]|$)`),
		[]byte(path),
	}
}

// rename changes a file: its text, or nothing in one that is no text.
func (r renamer) rename(way string, content []byte) []byte {
	if !utf8.Valid(content) || bytes.IndexByte(content, 0) >= 0 {
		return content
	}
	// Twice: one match may end where the next has to begin.
	for range 2 {
		content = r.packages.ReplaceAll(content, slices.Concat([]byte("${1}"), r.path, []byte("${2}")))
	}
	if filepath.Ext(way) == ".go" {
		content = r.exact.ReplaceAll(content, slices.Concat([]byte("${1}"), r.path, []byte("${2}")))
	}
	return r.local.ReplaceAll(content, slices.Concat([]byte("${1}"), r.path, []byte("${2}")))
}
