package register

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"balanced/internal/jupyter/kernel"
)

// Install makes the kernel known to Jupyter and returns the folder it wrote, which has
// everything but Go itself. With an empty prefix it does so for the current user,
// otherwise for all users of the Jupyter installed under prefix. What an earlier Install
// wrote is replaced, at no moment leaving Jupyter without a kernel; it is an error if
// something else is there.
func Install(ctx context.Context, tools kernel.Tools, prefix string) (string, error) {
	folder, err := folderFor(prefix)
	if err != nil {
		return "", err
	}
	if strings.ContainsRune(folder+tools.GoFolder, os.PathListSeparator) {
		return "", fmt.Errorf("the folders %s and %s are to be on a PATH: must not have %q in their names", folder, tools.GoFolder, os.PathListSeparator)
	}
	if _, err := owned(folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	variables := map[string]string{}
	if prefix == "" {
		if variables, err = goFolders(ctx, tools); err != nil {
			return "", err
		}
	}
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
		return "", err
	}
	// A kernel that runs keeps its old programs when they are replaced.
	building, err := os.MkdirTemp(filepath.Dir(folder), ".building-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(building)
	if err := os.Chmod(building, 0o755); err != nil {
		return "", err
	}
	for _, name := range kernel.Programs {
		if err := copyProgram(filepath.Join(building, name), filepath.Join(tools.Folder, name)); err != nil {
			return "", err
		}
	}
	if err := specify(tools, folder, variables).write(building); err != nil {
		return "", err
	}
	return folder, replaceFolder(building, folder)
}

// replaceFolder puts the kernel in one folder in the place of the one in another, if there
// is one. At every moment the place has kernel.json and the programs that it names, each
// the old or the new one: files are replaced one by one, kernel.json last, and only then
// what else is there goes.
func replaceFolder(building, folder string) error {
	_, err := os.Lstat(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return os.Rename(building, folder)
	}
	if err != nil {
		return err
	}
	names := append(slices.Clone(kernel.Programs), specificationFile)
	for _, name := range names {
		target := filepath.Join(folder, name)
		if info, err := os.Lstat(target); err == nil && info.IsDir() { // which no kernel has
			if err := os.RemoveAll(target); err != nil {
				return err
			}
		}
		if err := os.Rename(filepath.Join(building, name), target); err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if !slices.Contains(names, entry.Name()) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(folder, entry.Name())))
		}
	}
	return err
}

// Uninstall takes back Install with the same prefix and returns the folder it removed.
// It is an error if there is none, or one that Install did not write.
func Uninstall(prefix string) (string, error) {
	folder, err := folderFor(prefix)
	if err != nil {
		return "", err
	}
	_, err = owned(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("no kernel is installed in %s", folder)
	}
	if err != nil {
		return "", err
	}
	return folder, os.RemoveAll(folder)
}

// Private returns a data folder, for JUPYTER_PATH, in which the kernel is known to those
// who are told so only.
func Private(tools kernel.Tools) (string, error) {
	data := filepath.Join(tools.Folder, "jupyter")
	folder := kernelFolder(data)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	return data, specify(tools, tools.Folder, nil).write(folder)
}

// folderFor is where Install puts the kernel.
func folderFor(prefix string) (string, error) {
	if prefix != "" {
		absolute, err := filepath.Abs(prefix)
		return kernelFolder(below(absolute)), err
	}
	data, err := here().user()
	return kernelFolder(data), err
}

// owned reads the kernel.json of a folder that Install wrote. For one it did not write
// the error says what to do.
func owned(folder string) (specification, error) {
	if _, err := os.Lstat(folder); err != nil {
		return specification{}, err
	}
	s, err := readSpecification(folder)
	if err == nil && s.ours() {
		return s, nil
	}
	return s, fmt.Errorf("%s holds another kernel of that name, which bnn did not install and leaves alone; to keep it under another name: %s", folder, makeWay(folder))
}

// makeWay is the command that gives a kernel another name, that of its folder.
func makeWay(folder string) string { return fmt.Sprintf("mv '%s' '%s-own'", folder, folder) }

// goFolders are the variables by which Go, and what cells keep, find the folders of the
// user, whatever environment Jupyter is started in. Others than the user need their own.
func goFolders(ctx context.Context, tools kernel.Tools) (map[string]string, error) {
	command := exec.CommandContext(ctx, filepath.Join(tools.GoFolder, "go"), "env", "-json", "GOCACHE", "GOMODCACHE", "GOPATH")
	command.Dir = tools.Module
	variables := map[string]string{}
	text, err := command.Output()
	if err == nil {
		err = json.Unmarshal(text, &variables)
	}
	if home, missing := os.UserHomeDir(); missing == nil {
		variables["HOME"] = home
	}
	return variables, err
}

func copyProgram(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
