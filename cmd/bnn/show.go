package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"balanced/internal/flags"
	"balanced/internal/provenance"

	"github.com/spf13/cobra"
)

func showCommand() *cobra.Command {
	var format string
	command := &cobra.Command{
		Use:   "show FILE",
		Short: "Tell how a table or figure was made",
		Long: `Tells what a file says of how it was made: by which command or notebook, of which network,
by which versions, and under which keys the store has it. Files of --out and what
notebooks keep carry that: CSV, Parquet, NPZ, SVG and PNG. A file that does not is exit 1,
one that cannot be read exit 2.`,
		Args: flags.One("FILE"),
		RunE: func(command *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return flags.Usage(fmt.Errorf("--format %q: must be text or json", format))
			}
			record, err := provenance.Read(args[0])
			if errors.Is(err, provenance.ErrNone) {
				return err
			}
			if err != nil {
				return flags.Usage(err)
			}
			if format == "text" {
				_, err = fmt.Fprint(command.OutOrStdout(), record.Text())
				return err
			}
			out := json.NewEncoder(command.OutOrStdout())
			out.SetEscapeHTML(false)
			out.SetIndent("", "  ")
			return out.Encode(record)
		},
	}
	command.Flags().StringVar(&format, "format", "text", "how it is told: text or json")
	return command
}
