package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"balanced/internal/book/server"
	"balanced/internal/flags"
	"balanced/internal/project"

	"github.com/spf13/cobra"
)

func serveCommand() *cobra.Command {
	address := ""
	command := &cobra.Command{
		Use:   "serve [--address HOST:PORT]",
		Short: "Show the book in a browser of this machine",
		Long: `Serves the book, out/book, until Ctrl-C, on a loopback address only: no other machine
can read it. A book that is written anew is shown when a page is loaded again.`,
		Args: flags.None,
		RunE: func(command *cobra.Command, _ []string) error {
			found, err := findProject()
			if err != nil {
				return err
			}
			folder := project.BookFolder(found.Out)
			if _, err := os.Stat(filepath.Join(folder, project.Cover)); err != nil {
				return flags.Usage(fmt.Errorf("there is no book in %s: bnn book writes it from the outputs in the notebooks, bnn run executes them first", folder))
			}
			listener, err := server.Listen(address)
			if refused := (*server.AddressError)(nil); errors.As(err, &refused) {
				return flags.Usage(fmt.Errorf("--%w", err))
			}
			if err != nil {
				return fmt.Errorf("--%w", err)
			}
			fmt.Fprintf(command.ErrOrStderr(), "the book: http://%s/ (Ctrl-C ends this)\n", listener.Addr())
			return server.Serve(command.Context(), listener, server.Handler(folder))
		},
	}
	command.Flags().StringVar(&address, "address", "127.0.0.1:8000", "loopback address to listen on; port 0 is any that is free")
	return command
}
