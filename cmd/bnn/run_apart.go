package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"balanced/internal/flags"
	"balanced/internal/jupyter/parameters"
	"balanced/internal/jupyter/runner"
	"balanced/internal/project"

	"github.com/spf13/cobra"
)

// apart is a run that leaves the notebook and the project as they are.
type apart struct {
	wanted     bool
	parameters []string // NAME=VALUE
	output     string   // the file of the executed notebook
}

// refuse returns what is wrong with running these notebooks apart, or nil. The executed
// notebook must be another file: papermill allows the same one, but here that would
// change a committed notebook by mistake.
func (a apart) refuse(check, quick bool, paths []string) error {
	switch {
	case check || quick:
		return errors.New("-p and -o: must not go with --check or --quick, which are of the whole project")
	case a.output == "":
		return errors.New("-p: must go with -o OUT.ipynb, since a notebook is not changed by other values of its parameters")
	case len(paths) != 1:
		return fmt.Errorf("-p and -o: must go with one notebook, not %d", len(paths))
	case filepath.Ext(a.output) != ".ipynb":
		return fmt.Errorf("-o %s: must end in .ipynb", a.output)
	}
	if info, err := os.Stat(filepath.Dir(a.output)); err != nil || !info.IsDir() {
		return fmt.Errorf("-o %s: must be in a folder that exists", a.output)
	}
	input, err := os.Stat(paths[0])
	if err != nil {
		return err
	}
	output, err := os.Stat(a.output)
	switch {
	case err != nil: // there is none yet
	case output.IsDir():
		return fmt.Errorf("-o %s: must be a file", a.output)
	case os.SameFile(input, output):
		return fmt.Errorf("-o %s: must not be the notebook itself", a.output)
	}
	return nil
}

// run executes the notebook at path, in its folder, into the output.
func (a apart) run(command *cobra.Command, options runner.Options, path string) error {
	output, err := filepath.Abs(a.output)
	if err != nil {
		return err
	}
	options.Directory = filepath.Dir(path)
	options.Environment = project.Environment(false, project.ApartFolder(output))
	source, err := runner.Read(path)
	if err != nil {
		return flags.Usage(err)
	}
	if len(a.parameters) > 0 {
		if err := parameters.Inject(source.Notebook, a.parameters); err != nil {
			return flags.Usage(fmt.Errorf("%s: %w", path, err))
		}
	}
	if options.Tools, err = buildKernel(command.Context(), command.ErrOrStderr(), buildFolders([]string{path})...); err != nil {
		return err
	}
	if err := source.Write(a.output); err != nil {
		return flags.Usage(fmt.Errorf("-o: %w", err))
	}
	_, err = execute(command.Context(), options, []*runner.Source{source}, func(format string, values ...any) {
		fmt.Fprintf(command.ErrOrStderr(), format+"\n", values...)
	})
	return err
}
