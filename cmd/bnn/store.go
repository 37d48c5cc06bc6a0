package main

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"balanced/bnn"

	"github.com/spf13/cobra"
)

// addStore gives a command the choice of where finished replicas are kept.
func addStore(command *cobra.Command, store *string) {
	command.Flags().StringVar(store, "store", "", "folder that keeps finished replicas, or none (default: in the user's cache directory)")
}

// openStore returns the store of a --store flag, nil for none.
func openStore(flag string, messages io.Writer) (*bnn.Store, error) {
	if flag == "none" {
		return nil, nil
	}
	store := &bnn.Store{Directory: flag}
	if flag == "" {
		var err error
		if store, err = bnn.DefaultStore(); err != nil {
			return nil, usageError{fmt.Errorf("%w; name one by --store DIR, or --store none", err)}
		}
	}
	store.Report = func(message string) { fmt.Fprintln(messages, "bnn: store:", message) }
	return store, nil
}

func storeCommand() *cobra.Command {
	var directory, format string
	command := &cobra.Command{
		Use:   "store",
		Short: "Look after the store of finished replicas",
		Args:  cobra.NoArgs,
		RunE:  func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	command.PersistentFlags().StringVar(&directory, "store", "", "folder of the store (default: in the user's cache directory)")
	open := func(command *cobra.Command) (*bnn.Store, error) {
		if directory == "none" {
			return nil, usageError{errors.New("--store none: must be a folder")}
		}
		return openStore(directory, command.ErrOrStderr())
	}
	list := &cobra.Command{
		Use: "list", Short: "List the ensembles in the store", Args: none,
		RunE: stoppable(func(command *cobra.Command, _ []string) error {
			if err := checkFormat(format); err != nil {
				return err
			}
			store, err := open(command)
			if err != nil {
				return err
			}
			entries, err := store.List()
			if err != nil {
				return err
			}
			return storeTable(entries).print(command.OutOrStdout(), format)
		}),
	}
	addFormat(list, &format)
	show := &cobra.Command{
		Use: "show KEY", Short: "Print what determines an ensemble, as JSON", Args: one("KEY"),
		RunE: func(command *cobra.Command, args []string) error {
			store, err := open(command)
			if err != nil {
				return err
			}
			text, err := store.Recipe(args[0])
			if err != nil {
				return usageError{fmt.Errorf("KEY %q: must be one that bnn store list shows: %w", args[0], err)}
			}
			_, err = command.OutOrStdout().Write(text)
			return err
		},
	}
	verify := &cobra.Command{
		Use: "verify", Short: "Check every replica; exit 1 if one is damaged", Args: none,
		RunE: stoppable(func(command *cobra.Command, _ []string) error {
			store, err := open(command)
			if err != nil {
				return err
			}
			sound, damaged, err := store.Verify()
			if err != nil {
				return err
			}
			for _, file := range damaged {
				fmt.Fprintln(command.OutOrStdout(), file)
			}
			fmt.Fprintf(command.ErrOrStderr(), "%d replicas are sound\n", sound)
			if len(damaged) > 0 {
				return fmt.Errorf("%d replicas are damaged; they will be computed again when asked for", len(damaged))
			}
			return nil
		}),
	}
	var stale bool
	prune := &cobra.Command{
		Use: "prune [KEY…]", Short: "Remove damaged and unfinished files, and the ensembles named",
		RunE: stoppable(func(command *cobra.Command, args []string) error {
			store, err := open(command)
			if err != nil {
				return err
			}
			keys := args
			if stale {
				entries, err := store.List()
				if err != nil {
					return err
				}
				for _, entry := range entries {
					if entry.Stale && !slices.Contains(keys, entry.Key) {
						keys = append(keys, entry.Key)
					}
				}
			}
			freed, err := store.Prune(keys...)
			if err == nil {
				fmt.Fprintf(command.ErrOrStderr(), "%d bytes freed\n", freed)
			}
			return err
		}),
	}
	prune.Flags().BoolVar(&stale, "stale", false, "also those that other code than this computed, which no run asks for")
	command.AddCommand(list, show, verify, prune)
	return command
}

func storeTable(entries []bnn.StoreEntry) *table {
	t := &table{columns: []string{"key", "network", "method", "n", "seed", "times", "keeps", "stale", "replicas", "damaged", "unfinished", "bytes"}}
	for _, e := range entries {
		t.rows = append(t.rows, []any{e.Key, e.Network, e.Method, e.N, e.Seed, e.Times, e.Keeps, e.Stale, e.Replicas, e.Damaged, e.Unfinished, e.Bytes})
	}
	return t
}
