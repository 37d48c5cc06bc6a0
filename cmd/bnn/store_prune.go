package main

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"balanced/bnn/store"
	"balanced/internal/flags"

	"github.com/spf13/cobra"
)

func storePruneCommand(open storeOpener) *cobra.Command {
	var choice flags.Prune
	command := &cobra.Command{
		Use:   "prune [KEY…]",
		Short: "Remove the ensembles named, or those that meet all conditions given",
		Long: `Removes the ensembles with the keys given, or those that meet all of the conditions given:
not asked for since --older-than, of the network of one name, stale. What a run asks for
again is simulated again.`,
		RunE: stoppable(func(command *cobra.Command, args []string) error {
			kept, err := open(command)
			if err != nil {
				return err
			}
			takes, err := choice.Condition(args, time.Now())
			if err != nil {
				return flags.Usage(err)
			}
			if choice.Old {
				return pruneOld(command, kept)
			}
			entries, err := entriesOf(command, kept)
			if err != nil {
				return err
			}
			entries = slices.DeleteFunc(entries, func(e store.Entry) bool { return !takes(e) })
			keys := args
			if len(args) == 0 {
				for _, entry := range entries {
					keys = append(keys, entry.Key)
				}
			}
			freed, err := kept.Prune(command.Context(), keys...)
			if unknown := (*store.UnknownKeyError)(nil); errors.As(err, &unknown) {
				return flags.Usage(fmt.Errorf("KEY %q: must be one that bnn store list shows", unknown.Key))
			}
			if err == nil {
				fmt.Fprintf(command.ErrOrStderr(), "removed: %s; the file is %d bytes smaller\n", store.Totals(entries), freed)
			}
			return err
		}),
	}
	choice.Add(command)
	return command
}

func pruneOld(command *cobra.Command, kept *store.Store) error {
	old, err := kept.Old()
	if err != nil {
		return err
	}
	if err := old.Remove(); err != nil {
		return err
	}
	fmt.Fprintf(command.ErrOrStderr(), "removed: %d ensembles of an older version, %d files, %d bytes\n", old.Ensembles, old.Files, old.Bytes)
	return nil
}
