package main

import (
	"fmt"

	"balanced/bnn/store"
	"balanced/internal/flags"
	"balanced/internal/table"

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
			if err := storeTable(entries).Print(command.OutOrStdout(), format); err != nil {
				return err
			}
			fmt.Fprintf(command.ErrOrStderr(), "%s in %s\n", totals(entries), kept.Path())
			var stale []store.Entry
			for _, entry := range entries {
				if entry.Stale {
					stale = append(stale, entry)
				}
			}
			if len(stale) > 0 {
				fmt.Fprintf(command.ErrOrStderr(), "stale are %s: bnn store prune --stale\n", totals(stale))
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

// totals sums entries up in words.
func totals(entries []store.Entry) string {
	var count, records struct{ replicas, points int }
	bytes := int64(0)
	for _, e := range entries {
		bytes += e.Bytes
		if e.Kind == "point" {
			count.points++
			records.points += e.Records
		} else {
			count.replicas++
			records.replicas += e.Records
		}
	}
	text := fmt.Sprintf("%d ensembles, %d replicas, ", count.replicas, records.replicas)
	if count.points > 0 {
		text += fmt.Sprintf("%d measures of sweeps, %d points, ", count.points, records.points)
	}
	return text + fmt.Sprintf("%d bytes", bytes)
}

func storeTable(entries []store.Entry) *table.Table {
	t := &table.Table{Columns: []string{"key", "kind", "network", "method", "n", "seed", "times", "keeps", "stale", "replicas", "checkpoints", "bytes", "created", "used"}}
	for _, e := range entries {
		t.Rows = append(t.Rows, []any{e.Key, e.Kind, e.Name, e.Method, e.N, e.Seed, len(e.Times), e.Keeps, e.Stale, e.Records, e.Checkpoints, e.Bytes, e.Created, e.Used})
	}
	return t
}
