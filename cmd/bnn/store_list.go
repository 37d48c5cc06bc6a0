package main

import (
	"fmt"

	"balanced/bnn/store"
	"balanced/internal/flags"
	"balanced/internal/table/results"

	"github.com/spf13/cobra"
)

func storeListCommand(open storeOpener) *cobra.Command {
	var format string
	command := &cobra.Command{
		Use:   "list",
		Short: "List the ensembles and the measures of sweeps in the store",
		Long: `Lists the ensembles and the measures of sweeps in the store, by network, n, method and seed:
what they are, whether they are stale, how many replicas (or, of kind point, points) and how
many checkpoints inside unfinished ones there are, their bytes, and when (UTC) they were made
and last asked for, to the hour. The totals go to standard error.`,
		Args: flags.None,
		RunE: stoppable(func(command *cobra.Command, _ []string) error {
			if err := flags.CheckFormat(format); err != nil {
				return err
			}
			kept, err := open(command)
			if err != nil {
				return err
			}
			entries, err := entriesOf(command, kept)
			if err != nil {
				return err
			}
			if err := results.Entries(entries).Print(command.OutOrStdout(), format); err != nil {
				return err
			}
			fmt.Fprintf(command.ErrOrStderr(), "%s in %s\n", store.Totals(entries), kept.Path())
			var stale []store.Entry
			for _, entry := range entries {
				if entry.Stale {
					stale = append(stale, entry)
				}
			}
			if len(stale) > 0 {
				fmt.Fprintf(command.ErrOrStderr(), "stale are %s: bnn store prune --stale\n", store.Totals(stale))
			}
			old, err := kept.Old()
			if err == nil && old.Ensembles > 0 {
				fmt.Fprintln(command.ErrOrStderr(), old)
			}
			return err
		}),
	}
	flags.AddFormat(command, &format)
	return command
}
