package main

import (
	"fmt"

	"balanced/internal/flags"
	"balanced/internal/project/starter"

	"github.com/spf13/cobra"
)

func newCommand() *cobra.Command {
	module := false
	command := &cobra.Command{
		Use:   "new NAME",
		Short: "Write a starter notebook, or a module",
		Long: `Writes NAME.ipynb with a claim, the setup cell, a cell of parameters, one run, one figure
and one table. It can be run as it stands:

  bnn new notebooks/my-question
  bnn run notebooks/my-question.ipynb
  bnn run notebooks/my-question.ipynb -p n=4000 -o larger.ipynb

NAME may have a path in front, to any folder. In one that is not of the project go.mod and
go.sum are written, by which Go finds the packages where bnn was compiled from, and the network
of the example; go.mod of your own, there or above, has to name them. With --module NAME is a
folder, which gets a go.mod and a program that uses the packages: go run . runs it. A file that
is there is kept.`,
		Args: flags.One("NAME"),
		RunE: func(command *cobra.Command, args []string) error {
			write := starter.Write
			if module {
				write = starter.Module
			}
			written, err := write(args[0])
			for _, path := range written {
				fmt.Fprintln(command.ErrOrStderr(), "written:", path)
			}
			if err != nil {
				return flags.Usage(err)
			}
			return nil
		},
	}
	command.Flags().BoolVar(&module, "module", false, "make NAME a folder with a module for a program of your own")
	return command
}
