package main

import (
	"errors"
	"fmt"

	"balanced/internal/jupyter/kernel"

	"github.com/spf13/cobra"
)

func bookCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "book",
		Short: "Write the book from the outputs that the notebooks hold",
		Long: `Writes the book, out/book/index.html, from the outputs in the chapters of the project, its
notebooks named like 01-a-claim.ipynb, and the verdicts in data/results. Nothing is
executed. Pages that an earlier book had and this one has not are removed.`,
		Args: none,
		RunE: func(command *cobra.Command, _ []string) error {
			project, err := findProject()
			if err != nil {
				return err
			}
			unlock, err := lock(project.root)
			if err != nil {
				return err
			}
			defer unlock()
			project.sayLeft(command.ErrOrStderr())
			index, err := project.writeBook(command.Context(), command.ErrOrStderr())
			if err != nil {
				return err
			}
			if index == "" {
				return usageError{errors.New("the project has no chapters: their files are named like notebooks/01-a-claim.ipynb")}
			}
			fmt.Fprintln(command.ErrOrStderr(), "the book:", index)
			return nil
		},
	}
}

// findProject opens the project that the working directory is in, with all its notebooks.
func findProject() (*checkout, error) {
	root, err := kernel.FindModule(nil)
	if err != nil {
		return nil, usageError{err}
	}
	return openProject(root, false, nil)
}
