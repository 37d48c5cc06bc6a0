package runner

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"

	"balanced/internal/jupyter/kernel"
	"balanced/internal/jupyter/nbformat"
)

// run is the execution of one notebook.
type run struct {
	Options
	path         string
	report       func(Event)
	cells, total int   // code cells run so far, and all
	size         int64 // bytes of their outputs in the file
}

// maxSize is notebook.MaxSize, but for tests, which would take long with so much.
var maxSize int64 = nbformat.MaxSize

// notebook executes one notebook and writes or compares its outputs.
func (r *run) notebook(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	committed, err := nbformat.ReadText(r.path)
	if err != nil {
		return err
	}
	// Two copies: one is executed, the other one compared with.
	before, err := r.parse(r.path, committed)
	if err != nil {
		return err
	}
	executed, err := r.parse(r.path, committed)
	if err != nil {
		return err
	}
	directory := r.Directory
	if directory == "" {
		directory = filepath.Dir(r.path)
	}
	k, err := kernel.Start(ctx, r.Tools, directory, r.Environment...)
	if err != nil {
		return prefixed(r.path, err)
	}
	failure := r.execute(ctx, k, executed)
	failure = errors.Join(failure, prefixed(r.path, k.Close()))
	setKernel(executed)
	switch {
	case r.Check && failure == nil:
		return compare(r.path, before, executed, committed)
	case r.Check || r.cells == 0 && failure != nil:
		return failure
	}
	data, err := executed.Encode()
	if err == nil && r.Output == "" && bytes.Equal(data, committed) {
		return failure // keep the file's time
	}
	return errors.Join(failure, executed.Write(r.target(r.path)))
}

// execute runs the code cells until one fails. The outputs of cells that were
// not reached are removed, and so are those of a cell with which the notebook would be
// too large: a file shows one run only.
func (r *run) execute(ctx context.Context, k *kernel.Kernel, n *nbformat.Notebook) error {
	for i := range n.Cells {
		if n.Cells[i].Kind == nbformat.Code {
			r.total++
			n.Cells[i].Outputs, n.Cells[i].ExecutionCount = nil, 0
			delete(n.Cells[i].Metadata, "execution") // times, as JupyterLab notes them
		}
	}
	executions := map[int]*kernel.Execution{}
	// A cell may update the displays of earlier ones, so outputs are taken last.
	defer func() {
		for i, execution := range executions {
			n.Cells[i].Outputs = execution.Outputs()
		}
	}()
	codeCell, count := 0, 0
	for i := range n.Cells {
		cell := &n.Cells[i]
		if cell.Kind != nbformat.Code {
			continue
		}
		codeCell++
		if strings.TrimSpace(cell.Source) == "" {
			continue // Jupyter does not run these either
		}
		failed := CellError{Notebook: r.path, CodeCell: codeCell, Cell: i + 1}
		if failed.Err = ctx.Err(); failed.Err == nil {
			r.report(Event{Notebook: r.path, Cell: codeCell, Cells: r.total})
			r.cells++
			count++
			cell.ExecutionCount = count
			executions[i], failed.Err = k.Execute(ctx, cell.Text(), r.Timeout)
			failed.Text = executions[i].Failure() + hint(cell.Text(), executions[i])
			size, err := nbformat.OutputSize(executions[i].Outputs())
			if r.size += size; r.size > maxSize {
				err = nbformat.ErrSize
			}
			if err != nil {
				delete(executions, i) // so that what came before can be written
				failed.Err = errors.Join(failed.Err, err)
			}
		}
		if failed.Err != nil {
			failed.Text = failed.Err.Error()
			return &failed
		}
		if failed.Text != "" && !cell.HasTag(mayFail) {
			return &failed
		}
	}
	return nil
}

// mayFail is the tag that excuses a failure.
const mayFail = "raises-exception"

// setKernel sets the metadata by which Jupyter finds the kernel and colors the
// code. The version of Go is left out, as it is that of one machine.
func setKernel(n *nbformat.Notebook) {
	n.Metadata["kernelspec"] = map[string]any{
		"display_name": kernel.DisplayName, "language": "go", "name": kernel.Name,
	}
	n.Metadata["language_info"] = map[string]any{
		"file_extension": ".go", "mimetype": "text/x-go", "name": "go", "pygments_lexer": "go",
	}
}
