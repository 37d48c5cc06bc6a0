package main

import (
	"fmt"

	"balanced/internal/flags"
	"balanced/internal/provenance"
	"balanced/internal/provenance/citation"

	"github.com/spf13/cobra"
)

func citeCommand() *cobra.Command {
	bibtex := false
	command := &cobra.Command{
		Use:   "cite [FILE]",
		Short: "List the publications that a result rests on",
		Long: `Lists the publications that the result in FILE rests on, by how it was made (bnn show FILE), or
those of all parts of the program, each with what rests on it. With --bibtex they are entries
of BibTeX.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(command *cobra.Command, args []string) error {
			list := citation.All()
			if len(args) > 0 {
				record, err := provenance.Read(args[0])
				if err != nil {
					return flags.Usage(err)
				}
				list = citation.Of(*record)
			}
			for _, r := range list {
				text := r.Text()
				if bibtex {
					text = r.BibTeX()
				}
				fmt.Fprintln(command.OutOrStdout(), text)
			}
			return nil
		},
	}
	command.Flags().BoolVar(&bibtex, "bibtex", false, "as entries of BibTeX")
	return command
}
