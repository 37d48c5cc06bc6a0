package main

import (
	"errors"
	"fmt"
	"os"

	"balanced/internal/flags"
	"balanced/internal/jupyter/register"
	"balanced/internal/project"
	"balanced/internal/project/execute"

	"github.com/spf13/cobra"
)

func labCommand() *cobra.Command {
	notebookOnly := false
	command := &cobra.Command{
		Use:   "lab [-- ARGUMENT…]",
		Short: "Start Jupyter in the folder of notebooks",
		Long: `Starts JupyterLab, or Jupyter Notebook if there is no JupyterLab, in the folder notebooks
of the project, outside of it in the working folder. What follows -- is handed on to it:

  bnn lab -- --no-browser --port 9000

The pinned kernel is there, though it need not be installed: it is shown by JUPYTER_PATH
to this one Jupyter, which takes it before any other of its name, so that nothing of the
user is changed. Jupyter takes the place of bnn: signals go to it, and the exit code is
its own. Where there is no Jupyter, this says how to get one, and exits with 1.`,
		RunE: func(command *cobra.Command, args []string) error {
			if len(args) > 0 && command.ArgsLenAtDash() != 0 {
				return flags.Usage(fmt.Errorf("%q: arguments for Jupyter must follow --", args[0]))
			}
			program := register.FindProgram(notebookOnly)
			if program == "" {
				fmt.Fprintln(command.ErrOrStderr(), register.HowToGet)
				return errors.New("there is no Jupyter on PATH")
			}
			folder := "."
			if module := execute.Root(nil); module != "" {
				folder = project.NotebooksFolder(module)
			}
			tools, err := execute.Kernel(command.Context(), command.ErrOrStderr())
			if err != nil {
				return err
			}
			data, err := register.Private(tools)
			if err != nil {
				return err
			}
			fmt.Fprintf(command.ErrOrStderr(), "%s, with the kernel in %s\n", program, data)
			if others := os.Getenv("JUPYTER_PATH"); others != "" {
				data += string(os.PathListSeparator) + others
			}
			if err := errors.Join(command.Context().Err(), os.Setenv("JUPYTER_PATH", data)); err != nil {
				return err
			}
			return register.Become(program, args, folder)
		},
	}
	command.Flags().BoolVar(&notebookOnly, "notebook", false, "start Jupyter Notebook, even if there is JupyterLab")
	return command
}
