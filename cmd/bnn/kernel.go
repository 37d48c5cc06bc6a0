package main

import (
	"errors"
	"fmt"

	"balanced/internal/flags"
	"balanced/internal/jupyter/register"
	"balanced/internal/project/execute"

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
		c.Args = flags.None
		c.Flags().StringVar(&prefix, "prefix", "", "the kernel of all who use the Jupyter below `PREFIX`, in PREFIX/share/jupyter")
		c.Flags().BoolVar(&user, "user", false, "the kernel of the current user (the default)")
		c.MarkFlagsMutuallyExclusive("prefix", "user")
		c.PreRunE = func(command *cobra.Command, _ []string) error {
			if prefix == "" && command.Flags().Changed("prefix") {
				return errors.New("--prefix is empty: must be the folder in which Jupyter is installed")
			}
			return nil
		}
		return c
	}
	command.AddCommand(place(&cobra.Command{
		Use:   "install",
		Short: "Build the pinned GoNB and register it as the kernel gonb",
		Long: `Builds GoNB and goimports at the versions that go.mod pins, and registers them as the
kernel gonb, "Go (gonb)", for JupyterLab, Jupyter Notebook and VS Code, whatever PATH
those are started with. The kernel's folder has everything but Go itself; install again
when Go has moved or go.mod pins another version.

With --prefix the kernel is for all who use the Jupyter of a virtual environment, or
that of the system (--prefix /usr/local). What an older bnn installed is replaced; a
kernel gonb that bnn did not install is left alone.`,
		RunE: func(command *cobra.Command, _ []string) error {
			tools, err := execute.Kernel(command.Context(), command.ErrOrStderr())
			if err != nil {
				return err
			}
			folder, err := register.Install(command.Context(), tools, prefix)
			if err == nil {
				fmt.Fprintln(command.ErrOrStderr(), "installed:", folder)
			}
			return err
		},
	}), place(&cobra.Command{
		Use:   "uninstall",
		Short: "Remove the kernel gonb from Jupyter",
		Long: `Removes what bnn kernel install wrote with the same --prefix. A kernel gonb that bnn did
not install is left alone.`,
		RunE: func(command *cobra.Command, _ []string) error {
			folder, err := register.Uninstall(prefix)
			if err == nil {
				fmt.Fprintln(command.ErrOrStderr(), "removed:", folder)
			}
			return err
		},
	}), &cobra.Command{
		Use:   "doctor",
		Short: "Say what is missing for notebooks in Jupyter, and what mends it",
		Long: `Looks at everything that a notebook of the project needs in Jupyter, and starts the kernel
as a Jupyter would that was not started from a shell. Outside of the project it looks at
the kernel that this bnn installs. Prints a line a check, which begins
with ok, missing, or note for what is good to know only; below what is missing stands what
mends it. Exits with 1 if anything is missing.`,
		Args: flags.None,
		RunE: func(command *cobra.Command, _ []string) error {
			checks := register.Examine(command.Context())
			if err := command.Context().Err(); err != nil {
				return err
			}
			for _, check := range checks {
				fmt.Fprintf(command.OutOrStdout(), "%-8s %s\n", check.Status, check.Text)
				if check.Mend != "" {
					fmt.Fprintf(command.OutOrStdout(), "%-8s → %s\n", "", check.Mend)
				}
			}
			if !register.Well(checks) {
				return errors.New("something is missing for notebooks in Jupyter")
			}
			return nil
		},
	})
	return command
}
