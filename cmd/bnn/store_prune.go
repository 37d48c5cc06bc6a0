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

// What pruning takes.
type pruneChoice struct {
	olderThan, network string
	stale, all, old    bool
}

func storePruneCommand(open storeOpener) *cobra.Command {
	var choice pruneChoice
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
			takes, err := choice.condition(args, time.Now())
			if err != nil {
				return flags.Usage(err)
			}
			if choice.old {
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
	set := command.Flags()
	set.StringVar(&choice.olderThan, "older-than", "", "those that no run has asked for so long: 30d, 12h")
	set.StringVar(&choice.network, "network", "", "those of the network of this name")
	set.BoolVar(&choice.stale, "stale", false, "those that no run asks for any more: other code, or another version of Go or gonum, made them")
	set.BoolVar(&choice.all, "all", false, "all")
	set.BoolVar(&choice.old, "old", false, "instead, the files of versions that kept one a replica")
	return command
}

// condition tells which entries to take.
func (c pruneChoice) condition(keys []string, now time.Time) (func(store.Entry) bool, error) {
	conditions := c.olderThan != "" || c.network != "" || c.stale
	ways := 0
	for _, way := range []bool{len(keys) > 0, conditions, c.all, c.old} {
		if way {
			ways++
		}
	}
	if ways != 1 {
		return nil, errors.New("prune: must be told what to remove by keys, or by --older-than, --network and --stale, or by --all, or by --old")
	}
	age, err := flags.Age(c.olderThan)
	if err != nil {
		return nil, err
	}
	return func(e store.Entry) bool {
		used, err := time.Parse(time.RFC3339, e.Used)
		return (len(keys) == 0 || slices.Contains(keys, e.Key)) && (c.network == "" || e.Name == c.network) && (!c.stale || e.Stale) &&
			(c.olderThan == "" || err == nil && now.Sub(used) > age)
	}, nil
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
