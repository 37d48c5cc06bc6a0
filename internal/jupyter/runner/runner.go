package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"balanced/internal/jupyter/kernel"
	"balanced/internal/jupyter/nbformat"
)

// Options tell how notebooks are run.
type Options struct {
	// Tools are the programs of the kernel, from kernel.Build.
	Tools kernel.Tools
	// Timeout is the longest a cell may take; it must be positive.
	Timeout time.Duration
	// Check compares the outputs with those in the files instead of writing them.
	Check bool
	// ToTheEnd executes the cells after one whose code has failed, too, so that what does
	// not depend on it is seen; the notebook fails by the first. Otherwise that is its end.
	ToTheEnd bool
	// InOne executes cells that do something as one program with others, too, as far as that can be told to be
	// the same. It saves building many programs; but a cell finds variables, the environment and goroutines as those before it have
	// left them, where Jupyter begins anew, and what a cell may write is the limit for all that share a program.
	// Without an Output folder that counts only if the outputs are those in the file, and the notebook is executed
	// again cell by cell otherwise; one without outputs is so from the start.
	InOne bool
	// Output is the folder that executed notebooks are written into, under the names
	// they have, so that the files that are run stay as they are. It is made if it is
	// missing. Empty: the files that are run are written.
	Output string
	// Directory is the working directory of cells. Empty: that of the notebook's file.
	Directory string
	// Environment are variables for the cells, as NAME=VALUE.
	Environment []string
	// Recall gives a notebook as it was executed before, if that is known and nothing is
	// different now: its outputs are taken then and no cell is run. Keep is given each notebook
	// that was executed without an error. Both may be nil, are called side by side, and not in
	// Check mode.
	Recall func(ctx context.Context, path string, n *nbformat.Notebook) (*nbformat.Notebook, error)
	Keep   func(path string, executed *nbformat.Notebook) error
	// Progress is called before every code cell and at the end of every notebook,
	// never twice at the same time. It may be nil.
	Progress func(Event)
}

// An Event tells how far a notebook is.
type Event struct {
	Notebook    string
	Cell, Cells int // the code cell about to run, from 1, or when Done how many ran; and how many there are
	Done        bool
	Recalled    bool  // when Done: its outputs are of an earlier run
	Err         error // when Done: why the notebook failed, or nil
}

// A Result tells what came of one notebook.
type Result struct {
	Notebook string
	Cells    int   // code cells that were run, the failing one included
	Err      error // a *CellError, a *Difference, or what else went wrong
	// File is what the executed notebook was written into, or compared with, and Executed
	// is that; nil if it was not.
	File     string
	Executed *nbformat.Notebook
}

// A CellError tells which cell of a notebook failed and why.
type CellError struct {
	Notebook string
	CodeCell int    // counted over the code cells, from 1
	Cell     int    // counted over all cells, from 1
	Text     string // plain text, may have several lines
	Err      error  // kernel.ErrTimeout, the cause the context ended by, ...; nil if the code failed
}

// Error names the notebook and the cell and says what happened.
func (e *CellError) Error() string {
	return fmt.Sprintf("%s: code cell %d (cell %d): %s", e.Notebook, e.CodeCell, e.Cell, e.Text)
}

// Unwrap returns what stopped the cell, if it was not its code.
func (e *CellError) Unwrap() error { return e.Err }

// Run executes the notebooks, as many at a time as there are processor cores. The results
// are in the order of the notebooks; the error joins theirs. When the context ends, all
// kernels and their programs are ended too. Outputs that came so far are written in any
// case, but a notebook of which no cell was run stays as it is. A file that was saved by
// somebody else since it was read is read again when its turn comes.
func Run(ctx context.Context, options Options, sources []*Source) ([]Result, error) {
	if options.Timeout <= 0 {
		return nil, fmt.Errorf("runner: Timeout is %v, must be positive", options.Timeout)
	}
	if err := options.prepare(sources); err != nil {
		return nil, err
	}
	var reporting sync.Mutex
	report := func(event Event) {
		reporting.Lock()
		defer reporting.Unlock()
		if options.Progress != nil {
			options.Progress(event)
		}
	}
	results := make([]Result, len(sources))
	var running errgroup.Group // its error would be the first in time, not in order
	running.SetLimit(runtime.GOMAXPROCS(0))
	for i, source := range sources {
		running.Go(func() error {
			r := &run{Options: options, Source: source, report: report}
			err := r.notebook(ctx)
			results[i] = Result{Notebook: source.Path, Cells: r.cells, Err: err, File: options.target(source.Path), Executed: r.executed}
			report(Event{Notebook: source.Path, Cell: r.cells, Cells: r.total, Done: true, Recalled: r.recalled, Err: err})
			return nil
		})
	}
	_ = running.Wait() // nil
	errs := make([]error, len(results))
	for i, result := range results {
		errs[i] = result.Err
	}
	return results, errors.Join(errs...)
}

// target is the file that an executed notebook is written to.
func (o Options) target(path string) string {
	if o.Output == "" {
		return path
	}
	return filepath.Join(o.Output, filepath.Base(path))
}

// targets maps the files that executed notebooks are written to, all absolute, to the
// notebooks. It refuses two that would be written to one file, and with Output those that
// would be written over themselves.
func (o Options) targets(paths []string) (map[string]string, error) {
	notebooks := map[string]string{}
	for _, path := range paths {
		target, err := filepath.Abs(o.target(path))
		if err != nil {
			return nil, err
		}
		if other, found := notebooks[target]; found {
			return nil, fmt.Errorf("notebooks %s and %s would be written to the same file, %s", other, path, target)
		}
		notebooks[target] = path
		if source, err := filepath.Abs(path); err != nil || o.Output != "" && source == target {
			return nil, errors.Join(err, fmt.Errorf("notebook %s is in the folder for executed notebooks", path))
		}
	}
	return notebooks, nil
}

// prepare makes the folder for executed notebooks without those of earlier runs.
func (o Options) prepare(sources []*Source) error {
	paths := make([]string, len(sources))
	for i, source := range sources {
		paths[i] = source.Path
	}
	targets, err := o.targets(paths)
	if err != nil || o.Output == "" {
		return err
	}
	for target := range targets {
		if err := os.RemoveAll(target); err != nil {
			return err
		}
	}
	return os.MkdirAll(o.Output, 0o777)
}
