package main

import (
	"fmt"
	"io"

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
