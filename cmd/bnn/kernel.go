package main

import (
	"fmt"

	"balanced/cmd/bnn/internal/kernel"

	"github.com/spf13/cobra"
)

func kernelCommand() *cobra.Command {
	command := &cobra.Command{
		Use:   "kernel",
		Short: "Make the notebook kernel known to Jupyter",
		Args:  cobra.NoArgs,
		RunE:  func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	var prefix string
	var user bool
	place := func(c *cobra.Command) *cobra.Command {
		c.Args = cobra.NoArgs
		c.Flags().StringVar(&prefix, "prefix", "", "install below PREFIX/share/jupyter instead of for the user")
		c.Flags().BoolVar(&user, "user", false, "install for the current user (the default)")
		c.MarkFlagsMutuallyExclusive("prefix", "user")
		return c
	}
	command.AddCommand(place(&cobra.Command{
		Use:   "install",
		Short: "Build the pinned GoNB and register it as the kernel gonb",
		RunE: func(command *cobra.Command, _ []string) error {
			tools, err := buildKernel(command.Context(), command.ErrOrStderr())
			if err != nil {
				return err
			}
			folder, err := kernel.Install(tools, prefix)
			if err == nil {
				fmt.Fprintln(command.ErrOrStderr(), "installed:", folder)
			}
			return err
		},
	}), place(&cobra.Command{
		Use:   "uninstall",
		Short: "Remove the kernel gonb from Jupyter",
		RunE: func(command *cobra.Command, _ []string) error {
			folder, err := kernel.Uninstall(prefix)
			if err == nil {
				fmt.Fprintln(command.ErrOrStderr(), "removed:", folder)
			}
			return err
		},
	}))
	return command
}
