package execute

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"balanced/internal/flags"
	"balanced/internal/jupyter/parameters"
	"balanced/internal/jupyter/runner"
	"balanced/internal/project"
)

// Apart is a run that leaves the notebook and the project as they are.
type Apart struct {
	Wanted     bool
	Parameters []string // NAME=VALUE
	Output     string   // the file of the executed notebook
}

// Refuse returns what is wrong with running these notebooks apart, or nil. The executed
// notebook must be another file: papermill allows the same one, but here that would
// change a committed notebook by mistake.
func (a Apart) Refuse(check bool, variant project.Variant, paths []string) error {
	switch {
	case check || variant.Aside():
		return errors.New("-p and -o: must not go with --check, --quick or --seed, which are of the whole project")
	case a.Output == "":
		return errors.New("-p: must go with -o OUT.ipynb, since a notebook is not changed by other values of its parameters")
	case len(paths) != 1:
		return fmt.Errorf("-p and -o: must go with one notebook, not %d", len(paths))
	case filepath.Ext(a.Output) != ".ipynb":
		return fmt.Errorf("-o %s: must end in .ipynb", a.Output)
	}
	if info, err := os.Stat(filepath.Dir(a.Output)); err != nil || !info.IsDir() {
		return fmt.Errorf("-o %s: must be in a folder that exists", a.Output)
	}
	input, err := os.Stat(paths[0])
	if err != nil {
		return err
	}
	output, err := os.Stat(a.Output)
	switch {
	case err != nil: // there is none yet
	case output.IsDir():
		return fmt.Errorf("-o %s: must be a file", a.Output)
	case os.SameFile(input, output):
		return fmt.Errorf("-o %s: must not be the notebook itself", a.Output)
	}
	return nil
}

// Run executes the notebook at path, in its folder, into the output.
func (a Apart) Run(ctx context.Context, messages io.Writer, options runner.Options, path string) error {
	output, err := filepath.Abs(a.Output)
	if err != nil {
		return err
	}
	options.Directory = filepath.Dir(path)
	options.Environment = project.Environment(project.Variant{}, project.ApartFolder(output))
	source, err := runner.Read(path)
	if err != nil {
		return flags.Usage(err)
	}
	if len(a.Parameters) > 0 {
		if err := parameters.Inject(source.Notebook, a.Parameters); err != nil {
			return flags.Usage(fmt.Errorf("%s: %w", path, err))
		}
	}
	if options.Tools, err = Kernel(ctx, messages, Folders([]string{path})...); err != nil {
		return err
	}
	if err := source.Write(a.Output); err != nil {
		return flags.Usage(fmt.Errorf("-o: %w", err))
	}
	_, err = Run(ctx, options, []*runner.Source{source}, func(format string, values ...any) {
		fmt.Fprintf(messages, format+"\n", values...)
	})
	return err
}
