package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"balanced/internal/book"
	"balanced/internal/explorer"
	"balanced/internal/flags"
	"balanced/internal/jupyter/kernel"
	"balanced/internal/project"
	"balanced/internal/project/execute"
	"balanced/internal/project/publish"

	"github.com/spf13/cobra"
)

func bookCommand() *cobra.Command {
	var pdf string
	command := &cobra.Command{
		Use:   "book",
		Short: "Write the book from the outputs that the notebooks hold",
		Long: `Writes the book, out/book/index.html, from the outputs in the chapters of the project, its
notebooks named like 01-a-claim.ipynb, and the verdicts in data/results. Nothing is
executed. Pages that an earlier book had and this one has not are removed. With --pdf
Chromium prints its chapters.`,
		Args: flags.None,
		RunE: func(command *cobra.Command, _ []string) error {
			found, err := findProject()
			if err != nil {
				return err
			}
			unlock, err := project.Lock(found.Root)
			if err != nil {
				return err
			}
			defer unlock()
			sayLeft(command.ErrOrStderr(), found)
			index, err := writeBook(command.Context(), command.ErrOrStderr(), found)
			if err != nil {
				return err
			}
			if index == "" {
				return flags.Usage(errors.New("the project has no chapters: their files are named like notebooks/01-a-claim.ipynb"))
			}
			fmt.Fprintln(command.ErrOrStderr(), "the book:", index)
			return publish.PDF(command.Context(), index, pdf)
		},
	}
	command.Flags().StringVar(&pdf, "pdf", "", "print all chapters to this `file`, too")
	return command
}

// findProject opens the project that the working directory is in, with all its notebooks.
func findProject() (*project.Project, error) {
	root, err := kernel.FindModule(nil)
	if err != nil {
		return nil, flags.Usage(err)
	}
	return openProject(root, project.Variant{}, nil)
}

// openProject opens the project at root, the root being empty outside of it; notebooks that
// are not there are the caller's fault.
func openProject(root string, variant project.Variant, paths []string) (*project.Project, error) {
	if root == "" && (len(paths) == 0 || variant.Aside()) {
		return nil, flags.Usage(errors.New("no go.mod of module balanced in or above the working folder: all notebooks, and runs with --quick or --seed, are of the project"))
	}
	opened, err := project.Open(root, variant, paths)
	if err != nil {
		return nil, flags.Usage(err)
	}
	return opened, nil
}

// sayLeft says which notebooks are not in the book.
func sayLeft(messages io.Writer, p *project.Project) {
	if len(p.Left) > 0 {
		fmt.Fprintln(messages, "not in the book, since chapters are named like 01-a-claim.ipynb:", strings.Join(p.Left, ", "))
	}
}

// writeBook writes the book of a project, with the explorer, and returns its cover, "" if
// there is none to write. What takes its time is said.
func writeBook(ctx context.Context, messages io.Writer, p *project.Project) (cover string, err error) {
	return publish.Book(p, func(chapter string) ([]book.Extra, error) {
		if _, err := os.Stat(filepath.Join(p.Root, filepath.FromSlash(explorer.Source))); errors.Is(err, fs.ErrNotExist) {
			return nil, nil // a folder of notebooks alone, without the source, has a book without it
		}
		said := execute.Announce(messages, "compiling the explorer; the first time this takes about a minute")
		program, err := explorer.Compile(ctx, p.Root)
		said()
		if err != nil {
			return nil, err
		}
		page, err := explorer.Page(p.Root, program, chapter)
		return []book.Extra{page}, err
	})
}
