package runner

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"balanced/internal/jupyter/kernel"
	"balanced/internal/jupyter/nbformat"
)

// run is the execution of one notebook.
type run struct {
	Options
	*Source
	report       func(Event)
	executed     *nbformat.Notebook // what is in the file afterwards, nil if that was not touched
	cells, total int                // code cells run so far, and all
	size         int64              // bytes of their outputs in the file
	recalled     bool               // the outputs are of an earlier run
}

// maxSize is nbformat.MaxSize, but for tests, which would take long with so much.
var maxSize int64 = nbformat.MaxSize

// notebook executes one notebook and writes or compares its outputs.
func (r *run) notebook(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := r.refresh(r.Source); err != nil {
		return err
	}
	before := r.takeOutputs()
	r.InOne = r.InOne && (r.Output != "" || slices.ContainsFunc(before, func(outputs []nbformat.Output) bool { return len(outputs) > 0 }))
	failure := r.recall(ctx)
	if !r.recalled && failure == nil {
		failure = r.inKernel(ctx)
		kernel.Describe(r.Notebook.Metadata)
		if r.InOne && r.Output == "" && ctx.Err() == nil && (failure != nil || r.compare(before) != nil) {
			// What differs may do so in one program only.
			r.InOne, r.cells, r.size, r.total = false, 0, 0, 0
			r.takeOutputs()
			failure = r.inKernel(ctx)
		}
	}
	kernel.Describe(r.Notebook.Metadata)
	switch {
	case r.Check && failure == nil:
		r.executed = r.Notebook
		return r.compare(before)
	case r.Check || r.cells == 0 && failure != nil:
		return failure
	}
	data, err := r.Notebook.Encode()
	if err != nil || r.Output != "" || !bytes.Equal(data, r.text) { // or else keep the file's time
		err = r.Notebook.Write(r.target(r.Path))
	}
	if err == nil {
		r.executed = r.Notebook
	}
	if failure == nil && err == nil && !r.recalled && r.Keep != nil && !r.Check {
		err = prefixed(r.Path, r.Keep(r.Path, r.Notebook))
	}
	return errors.Join(failure, err)
}

// recall puts in the outputs of an earlier run, if there was one of the same code.
func (r *run) recall(ctx context.Context) error {
	if r.Recall == nil || r.Check {
		return nil
	}
	executed, err := r.Recall(ctx, r.Path, r.Notebook)
	if executed == nil || err != nil {
		return prefixed(r.Path, err)
	}
	var cells []*nbformat.Cell
	for i := range executed.Cells {
		if executed.Cells[i].Kind == nbformat.Code {
			cells = append(cells, &executed.Cells[i])
		}
	}
	if len(cells) != r.total {
		return prefixed(r.Path, fmt.Errorf("what is known of an earlier run has %d code cells, and there are %d", len(cells), r.total))
	}
	for i, next := 0, 0; i < len(r.Notebook.Cells); i++ {
		if cell := &r.Notebook.Cells[i]; cell.Kind == nbformat.Code {
			cell.Outputs, cell.ExecutionCount = cells[next].Outputs, cells[next].ExecutionCount
			next++
		}
	}
	r.recalled = true
	return nil
}

// inKernel executes the notebook in a kernel of its own.
func (r *run) inKernel(ctx context.Context) error {
	directory := r.Directory
	if directory == "" {
		directory = filepath.Dir(r.Path)
	}
	k, err := kernel.Start(ctx, r.Tools, directory, r.Environment...)
	if err != nil {
		return prefixed(r.Path, err)
	}
	failure := r.execute(ctx, k)
	return errors.Join(failure, prefixed(r.Path, k.Close()))
}

// takeOutputs removes the outputs of all cells and returns them. Those of cells that are
// not reached stay removed: a file shows one run only.
func (r *run) takeOutputs() [][]nbformat.Output {
	outputs := make([][]nbformat.Output, len(r.Notebook.Cells))
	for i := range r.Notebook.Cells {
		if cell := &r.Notebook.Cells[i]; cell.Kind == nbformat.Code {
			r.total++
			outputs[i], cell.Outputs, cell.ExecutionCount = cell.Outputs, nil, 0
			delete(cell.Metadata, "execution") // times, as JupyterLab notes them
		}
	}
	return outputs
}

// execute runs the code cells until one fails, or all ToTheEnd, and returns the first failure.
// What stops a cell from outside stops the notebook in any case. A cell with which the notebook would be too
// large has no outputs.
func (r *run) execute(ctx context.Context, k *kernel.Kernel) (first error) {
	executions := map[int]*kernel.Execution{}
	// A cell may update the displays of earlier ones, so outputs are taken last.
	defer func() {
		for i, execution := range executions {
			r.Notebook.Cells[i].Outputs = execution.Outputs()
		}
	}()
	for _, batch := range batches(r.Notebook.Cells, r.InOne) {
		steps := [][]int{batch}
		for len(steps) > 0 {
			step := steps[0]
			steps = steps[1:]
			failed, apart := r.step(ctx, k, step, executions)
			switch {
			case apart:
				for _, i := range step {
					steps = append(steps, []int{i})
				}
			case failed == nil:
			case failed.Err != nil:
				failed.Text = failed.Err.Error()
				return errors.Join(first, failed)
			case !r.Notebook.Cells[failed.Cell-1].HasTag(mayFail):
				if first == nil {
					first = failed
				}
				if !r.ToTheEnd {
					return first
				}
			}
		}
	}
	return first
}

// step executes cells as one, and tells how the last one failed. If the code of several fails, nothing has
// happened yet but what it did: they are to be executed apart, which shows the failure where it is.
func (r *run) step(ctx context.Context, k *kernel.Kernel, cells []int, executions map[int]*kernel.Execution) (failed *CellError, apart bool) {
	failed = &CellError{Notebook: r.Path}
	var texts []string
	for _, i := range cells {
		failed.CodeCell, failed.Cell = r.codeCell(i), i+1
		if failed.Err = ctx.Err(); failed.Err != nil {
			return failed, false
		}
		r.report(Event{Notebook: r.Path, Cell: failed.CodeCell, Cells: r.total})
		texts = append(texts, r.Notebook.Cells[i].Text())
	}
	var execution *kernel.Execution
	parts, mains := []*kernel.Execution{nil}, []int{0} // of the cells, those that write
	if len(cells) == 1 {
		execution, failed.Err = k.Execute(ctx, bare(texts[0]), r.Timeout)
		parts[0] = execution
	} else {
		var source string
		source, mains = together(texts)
		execution, failed.Err = k.ExecuteTogether(ctx, source, r.Timeout*time.Duration(len(mains)))
		parts = execution.Cut(mark)
		switch {
		case failed.Err == nil && (execution.Failure() != "" || len(parts) != len(mains)):
			return nil, true
		case failed.Err == nil:
			failed.Err = k.Count(ctx, len(cells), r.Timeout)
		case len(parts) < len(mains): // the cell that it was at
			cells = cells[:mains[len(parts)-1]+1]
			failed.CodeCell, failed.Cell = r.codeCell(cells[len(cells)-1]), cells[len(cells)-1]+1
		}
	}
	for _, i := range cells {
		r.cells++
		r.Notebook.Cells[i].ExecutionCount = r.cells
	}
	failed.Text = execution.Failure() + hint(texts[len(texts)-1], execution)
	size, err := nbformat.OutputSize(execution.Outputs())
	if r.size += size; r.size > maxSize {
		err = nbformat.ErrSize
	}
	if err != nil { // without it what came before can be written
		failed.Err = errors.Join(failed.Err, err)
	} else {
		for i, part := range parts { // fewer than cells with main functions if the program was stopped
			executions[cells[mains[i]]] = part
		}
	}
	if failed.Err == nil && failed.Text == "" {
		return nil, false
	}
	return failed, false
}

// codeCell is the number of a cell among the code cells, from 1.
func (r *run) codeCell(cell int) (number int) {
	for i := range cell + 1 {
		if r.Notebook.Cells[i].Kind == nbformat.Code {
			number++
		}
	}
	return number
}

// mayFail is the tag that excuses a failure.
const mayFail = "raises-exception"
