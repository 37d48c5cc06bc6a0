// Command cmd makes the mutation table: go run ./internal/mutation/cmd, see CONTRIBUTING.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"

	"balanced/internal/jupyter/kernel"
	"balanced/internal/mutation"
)

func main() {
	only := flag.String("only", "", "show the mutations alone whose names match this `PATTERN`")
	full := flag.Bool("full", false, "show mutations of simulators to full runs too, which takes long")
	list := flag.Bool("list", false, "print the mutations, and do nothing")
	folder := flag.String("o", "", "write into this `FOLDER` in the place of data/results")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *only, *list, *full, *folder, flag.Args())
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, only string, list, full bool, folder string, notebooks []string) error {
	pattern, err := regexp.Compile("^(" + only + ")$")
	if err != nil {
		return err
	}
	chosen := slices.DeleteFunc(mutation.All(), func(m mutation.Mutation) bool { return only != "" && !pattern.MatchString(m.Name) })
	if len(chosen) == 0 {
		return fmt.Errorf("-only %s: no mutation has such a name", only)
	}
	if list {
		for _, m := range chosen {
			fmt.Printf("%-28s %-10s %s\n", m.Name, m.Part, m.Words)
		}
		return nil
	}
	for i := range chosen {
		if full {
			chosen[i] = chosen[i].Full()
		}
	}
	root, err := kernel.FindModule([]string{"."})
	if err != nil {
		return err
	}
	if folder == "" {
		folder = filepath.Join(root, "data", "results")
	}
	book, err := mutation.Open(root, os.Stderr, notebooks)
	if err != nil {
		return err
	}
	return errors.Join(book.Table(ctx, folder, chosen), book.Close())
}
