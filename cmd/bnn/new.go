package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"balanced/internal/jupyter/kernel"
	"balanced/internal/project"

	"github.com/spf13/cobra"
)

func newCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "new NAME",
		Short: "Write a starter notebook",
		Long: `Writes NAME.ipynb with a claim, the setup cell, a cell of parameters, one run, one figure
and one table. It can be run as it stands:

  bnn new notebooks/my-question
  bnn run notebooks/my-question.ipynb
  bnn run notebooks/my-question.ipynb -p n=4000 -o larger.ipynb

NAME may have a path in front, to any folder of the project: cells find the packages of
the project by the way from the notebook's folder. A file that is there is kept.`,
		Args: one("NAME"),
		RunE: func(command *cobra.Command, args []string) error {
			path, module, err := place(args[0])
			if err != nil {
				return usageError{err}
			}
			n, err := starter(path, module)
			if err != nil {
				return err
			}
			data, err := n.Encode()
			if err != nil {
				return err
			}
			file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if errors.Is(err, fs.ErrExist) {
				return usageError{fmt.Errorf("%s is there already: must be a new file", path)}
			}
			if err != nil {
				return err
			}
			_, err = file.Write(data)
			if err := errors.Join(err, file.Close()); err != nil {
				return err
			}
			fmt.Fprintln(command.ErrOrStderr(), "written:", path)
			return nil
		},
	}
}

var notebookName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

// place returns the file of a new notebook and the project's folder, both absolute and
// without symbolic links.
func place(name string) (path, module string, err error) {
	folder, base := filepath.Split(strings.TrimSuffix(name, ".ipynb"))
	if !notebookName.MatchString(base) {
		return "", "", fmt.Errorf("NAME %q: must be letters, digits, hyphens and underscores, the first one a letter or digit, after the path of a folder if any", name)
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return "", "", err
	}
	// With a separator at its end the path of a file is none.
	if folder, err = filepath.EvalSymlinks(folder + string(filepath.Separator)); err != nil {
		return "", "", fmt.Errorf("NAME %q: must be in a folder that exists: %w", name, err)
	}
	module, err = kernel.FindModule([]string{folder})
	if err != nil {
		return "", "", fmt.Errorf("NAME %q: must be in the project, whose packages cells find by the way from their folder: %w", name, err)
	}
	if folder == filepath.Join(module, "notebooks") && project.IsChapter(base) {
		return "", "", fmt.Errorf("NAME %q: must not begin with two digits and a hyphen in notebooks, since those are the chapters of the book, which end in verdicts", name)
	}
	return filepath.Join(folder, base+".ipynb"), module, nil
}
