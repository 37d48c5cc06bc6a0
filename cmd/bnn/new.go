package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"balanced/internal/flags"
	"balanced/internal/project/starter"

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
		Args: flags.One("NAME"),
		RunE: func(command *cobra.Command, args []string) error {
			path, root, err := starter.Place(args[0])
			if err != nil {
				return flags.Usage(err)
			}
			n, err := starter.Notebook(path, root)
			if err != nil {
				return err
			}
			data, err := n.Encode()
			if err != nil {
				return err
			}
			file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if errors.Is(err, fs.ErrExist) {
				return flags.Usage(fmt.Errorf("%s is there already: must be a new file", path))
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
