package main

import (
	"errors"
	"fmt"
	"io"

	"balanced/bnn/simulate"
	"balanced/bnn/store"
	"balanced/bnn/sweep"
	"balanced/internal/flags"

	"github.com/spf13/cobra"
)

// addStore gives a command the choice of where finished replicas are kept.
func addStore(command *cobra.Command, store *string) {
	command.Flags().StringVar(store, "store", "", "folder whose file store.sqlite keeps what is finished, or none (default: in the user's cache directory)")
}

// openStore returns the store of a --store flag, nil for none.
func openStore(flag string, messages io.Writer) (*store.Store, error) {
	if flag == "none" {
		return nil, nil
	}
	kept := store.At(flag)
	if flag == "" {
		var err error
		if kept, err = store.Default(); err != nil {
			return nil, flags.Usage(fmt.Errorf("%w; name one by --store DIR, or --store none", err))
		}
	}
	kept.Report = func(message string) { fmt.Fprintln(messages, "bnn: store:", message) }
	return kept, nil
}

func storeCommand() *cobra.Command {
	var folder string
	command := &cobra.Command{
		Use:   "store",
		Short: "Look after the store of finished replicas and points",
		Long: `Finished replicas, and points of sweeps, are kept in one SQLite file, so that a run that was stopped goes on
where it was and one that is asked again is read. sqlite3, pandas, DuckDB and others can
read it: go doc balanced/bnn/store describes its tables. What other code, or another version
of Go or gonum, has computed is stale: no run asks for it any more.`,
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	command.PersistentFlags().StringVar(&folder, "store", "", "folder of the store (default: in the user's cache directory)")
	open := func(command *cobra.Command) (*store.Store, error) {
		if folder == "none" {
			return nil, flags.Usage(errors.New("--store none: must be a folder"))
		}
		return openStore(folder, command.ErrOrStderr())
	}
	command.AddCommand(storeListCommand(open), storeShowCommand(open), storeVerifyCommand(open), storePruneCommand(open))
	return command
}

// A storeOpener returns the store that the flags of a command name.
type storeOpener func(*cobra.Command) (*store.Store, error)

// entriesOf lists a store, with what is stale for this program.
func entriesOf(command *cobra.Command, kept *store.Store) ([]store.Entry, error) {
	code, err := simulate.CodeIdentity()
	if err != nil {
		return nil, err
	}
	codes, err := sweep.CodeIdentities()
	if err != nil {
		return nil, err
	}
	return kept.List(command.Context(), append(codes, code)...)
}

func storeShowCommand(open storeOpener) *cobra.Command {
	return &cobra.Command{
		Use: "show KEY", Short: "Print what determines an ensemble, as JSON", Args: flags.One("KEY"),
		RunE: func(command *cobra.Command, args []string) error {
			kept, err := open(command)
			if err != nil {
				return err
			}
			text, err := kept.Show(command.Context(), args[0])
			if unknown := (*store.UnknownKeyError)(nil); errors.As(err, &unknown) {
				return flags.Usage(fmt.Errorf("KEY %q: must be one that bnn store list shows", unknown.Key))
			}
			if err != nil {
				return err
			}
			_, err = command.OutOrStdout().Write(text)
			return err
		},
	}
}

func storeVerifyCommand(open storeOpener) *cobra.Command {
	return &cobra.Command{
		Use: "verify", Short: "Check every replica and point; exit 1 if one is damaged", Args: flags.None,
		RunE: stoppable(func(command *cobra.Command, _ []string) error {
			kept, err := open(command)
			if err != nil {
				return err
			}
			sound, damaged, err := kept.Verify(command.Context())
			if err != nil {
				return err
			}
			for _, what := range damaged {
				fmt.Fprintln(command.OutOrStdout(), what)
			}
			fmt.Fprintf(command.ErrOrStderr(), "%d replicas and points are sound\n", sound)
			if len(damaged) > 0 {
				return errors.New("what is damaged will be computed again when asked for")
			}
			return nil
		}),
	}
}
