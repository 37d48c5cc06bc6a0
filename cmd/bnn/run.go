package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"balanced/cmd/bnn/internal/book"
	"balanced/cmd/bnn/internal/kernel"
	"balanced/cmd/bnn/internal/notebook"
	"balanced/cmd/bnn/internal/runner"

	"github.com/spf13/cobra"
)

func runCommand() *cobra.Command {
	options := runner.Options{}
	command := &cobra.Command{
		Use:   "run [NOTEBOOK…]",
		Short: "Execute notebooks and write the book",
		Long: `Executes notebooks headless under GoNB, several side by side, writes them back with
their outputs, and writes the book, out/book/index.html. Without arguments these are all
notebooks of the project. The kernel is built from the versions that go.mod pins.

A notebook ends at its first failing cell: the exit code is 1, the error names the
notebook and the cell, and the file holds the outputs so far. With --check nothing is
written: the outputs have to be those in the files.`,
		RunE: func(command *cobra.Command, args []string) error {
			return runNotebooks(command, options, args)
		},
	}
	command.Flags().BoolVar(&options.Check, "check", false, "compare with the outputs in the files instead of writing them")
	command.Flags().DurationVar(&options.Timeout, "timeout", 10*time.Minute, "longest time a cell may take")
	return command
}

func runNotebooks(command *cobra.Command, options runner.Options, paths []string) error {
	if options.Timeout <= 0 {
		return usageError{fmt.Errorf("--timeout %v: must be positive", options.Timeout)}
	}
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil {
			return usageError{err}
		}
	}
	ctx := command.Context()
	var err error
	if options.Tools, err = buildKernel(ctx, command.ErrOrStderr(), buildFolders(paths)...); err != nil {
		return err
	}
	own := filepath.Join(options.Tools.Module, "notebooks")
	if len(paths) == 0 {
		if paths, err = filepath.Glob(filepath.Join(own, "*.ipynb")); err != nil {
			return err
		}
		if len(paths) == 0 {
			return usageError{fmt.Errorf("there are no notebooks in %s", own)}
		}
	}
	bar := newProgressBar("cells", countCells(paths))
	started := 0
	say := func(format string, values ...any) {
		fmt.Fprintf(command.ErrOrStderr(), format+"\n", values...)
	}
	options.Progress = func(event runner.Event) {
		switch {
		case !event.Done:
			bar.set(started)
			started++
		case event.Err == nil:
			bar.finish()
			say("%s: %d cells, all well", event.Notebook, event.Cells)
		}
	}
	_, err = runner.Run(ctx, options, paths)
	bar.finish()
	if options.Check || ctx.Err() != nil {
		return err
	}
	chapters, foreign := bookChapters(own, paths)
	index, written := writeBook(options.Tools.Module, chapters)
	switch {
	case written == nil:
		say("the book: %s", index)
	case foreign:
		// What other people write in notebooks need not fit our book.
		say("bnn: no book was written: %v", written)
	default:
		err = errors.Join(err, written)
	}
	return err
}

// buildKernel builds the kernel, and says so when that takes its time: the first time.
func buildKernel(ctx context.Context, messages io.Writer, folders ...string) (kernel.Tools, error) {
	patience := time.AfterFunc(time.Second, func() {
		fmt.Fprintln(messages, "building the notebook kernel; this is done once and takes about a minute")
	})
	defer patience.Stop()
	return kernel.Build(ctx, folders...)
}

// buildFolders are where the project is looked for: around the working directory, and
// around the notebooks.
func buildFolders(paths []string) []string {
	folders := []string{"."}
	for _, path := range paths {
		folders = append(folders, filepath.Dir(path))
	}
	return folders
}

// countCells counts the code cells of notebooks, for the progress bar. A file that
// cannot be read is reported when it is run.
func countCells(paths []string) int {
	count := 0
	for _, path := range paths {
		n, err := notebook.Read(path)
		if err != nil {
			continue
		}
		for _, cell := range n.Cells {
			if cell.Kind == notebook.Code {
				count++
			}
		}
	}
	return count
}

// bookChapters returns the notebooks of the book: all of the project's, so that running
// one again keeps the others' chapters; or, if any notebook is of another place, those
// that were run.
func bookChapters(own string, paths []string) (chapters []string, foreign bool) {
	for _, path := range paths {
		folder, err := filepath.Abs(filepath.Dir(path))
		if err != nil || folder != own {
			return paths, true
		}
	}
	all, err := filepath.Glob(filepath.Join(own, "*.ipynb"))
	if err != nil {
		return paths, false
	}
	return all, false
}

var notInSlug = regexp.MustCompile(`[^a-z0-9]+`)

// writeBook writes the book into out/book of the project and returns its cover.
func writeBook(root string, paths []string) (string, error) {
	var chapters []book.Chapter
	for _, path := range paths {
		n, err := notebook.Read(path)
		if err != nil {
			return "", err
		}
		name := strings.TrimSuffix(filepath.Base(path), ".ipynb")
		addTitle(n, name)
		slug := strings.Trim(notInSlug.ReplaceAllString(strings.ToLower(name), "-"), "-")
		chapters = append(chapters, book.Chapter{Slug: slug, Notebook: n})
	}
	folder := filepath.Join(root, "out", "book")
	return filepath.Join(folder, "index.html"), book.Write(folder, chapters)
}

// addTitle gives a notebook that has no title that of its file, as notebooks of other
// places often have none.
func addTitle(n *notebook.Notebook, name string) {
	for _, cell := range n.Cells {
		if cell.Kind != notebook.Markdown {
			continue
		}
		for line := range strings.Lines(cell.Source) {
			if strings.HasPrefix(line, "# ") {
				return
			}
		}
	}
	title := notebook.Cell{ID: "title", Kind: notebook.Markdown, Source: "# " + name}
	n.Cells = slices.Insert(n.Cells, 0, title)
}
