package main

import (
	"errors"
	"fmt"
	"time"

	"balanced/internal/flags"
	"balanced/internal/jupyter/runner"
	"balanced/internal/project"
	"balanced/internal/project/execute"

	"github.com/spf13/cobra"
)

func runCommand() *cobra.Command {
	options := runner.Options{}
	var variant project.Variant
	var other execute.Apart
	command := &cobra.Command{
		Use:   "run [NOTEBOOK…]",
		Short: "Execute notebooks and write the book and the table of results",
		Long: `Executes notebooks headless under GoNB, several side by side, writes them back with
their outputs, and writes the book, out/book/index.html. Without arguments these are all
notebooks of the project. The kernel is built from the versions that go.mod pins.
Outside of the project notebooks are executed just so, and no book is written.

What the chapters of the project show is kept in out/CHAPTER; their verdicts, also those
that fail, are gathered into data/results/verdicts.csv and the table in data/results/README.md.
Running some chapters replaces their rows only.

The book and the results are of the chapters, notebooks named like 01-a-claim.ipynb; others
in the folder notebooks are executed, and that is all. One bnn at a time runs notebooks in a
project.

A notebook ends at its first failing cell, which may be one with a verdict that does not
hold: the exit code is 1, the error names the notebook and the cell, and the file holds
the outputs so far. A chapter goes on, since other verdicts may not depend on that cell.

A chapter that was executed before, by the same code from the same data, is taken from the store.
With --check all is executed, and nothing of the project is written: the outputs have to be
those in the files, and the results those that are there. With --quick the chapters take smaller
numbers, and everything goes to out/quick: executed notebooks, what they keep, the book.
With --seed N all random numbers are others, everything goes to out/seed-N, and the share of
verdicts that still hold is told.

With -o one notebook is executed, in its folder, into another file; nothing else is
written, but for OUT_files, where a chapter keeps its figures and tables. With -p as
well a parameter has another value:

  bnn run NOTEBOOK.ipynb -p n=2000 -p seed=7 -o OUT.ipynb

Parameters are what the code cell tagged parameters declares, at top level and with a
literal as the value: const n = 1000, var x = 0.5, const (…); a bool, string, integer or
float. Texts are written without quotes. A copy of that cell with the new values, tagged
injected-parameters, is put after it, as papermill does. Unknown names and values that do
not fit the type are refused before anything runs.`,
		RunE: func(command *cobra.Command, args []string) error {
			if variant.Aside() && options.Check {
				return flags.Usage(errors.New("--check: must not go with --quick or --seed, which have other outputs"))
			}
			// Also when a script gives -o an empty name.
			other.Wanted = command.Flags().Changed("parameter") || command.Flags().Changed("output")
			if other.Wanted {
				if err := other.Refuse(options.Check, variant, args); err != nil {
					return flags.Usage(err)
				}
			}
			return runNotebooks(command, options, variant, other, args)
		},
	}
	command.Flags().BoolVar(&options.Check, "check", false, "compare with the outputs and results in the files instead of writing them")
	command.Flags().BoolVar(&variant.Quick, "quick", false, "take smaller numbers, to see that everything works, and write to out/quick")
	command.Flags().Uint64Var(&variant.Seed, "seed", 0, "take other random numbers, and write to out/seed-`N`; 0 for those of the book")
	command.Flags().StringArrayVarP(&other.Parameters, "parameter", "p", nil, "the value of a parameter, as `NAME=VALUE`; may be repeated")
	command.Flags().StringVarP(&other.Output, "output", "o", "", "the `FILE` for the executed notebook, instead of the notebook itself")
	command.Flags().DurationVar(&options.Timeout, "timeout", 10*time.Minute, "longest time a cell may take")
	return command
}

func runNotebooks(command *cobra.Command, options runner.Options, variant project.Variant, other execute.Apart, paths []string) error {
	if options.Timeout <= 0 {
		return flags.Usage(fmt.Errorf("--timeout %v: must be positive", options.Timeout))
	}
	if other.Wanted {
		return other.Run(command.Context(), command.ErrOrStderr(), options, paths[0])
	}
	ctx := command.Context()
	opened, err := openProject(execute.Root(paths), variant, paths)
	if err != nil {
		return err
	}
	options.Environment, options.ToTheEnd = project.Environment(variant, ""), len(opened.Ran) > 0
	// Others may be long, and their users wait for what they have changed.
	chapters := variant.Seed == 0 && len(opened.Ran) == len(opened.Run)
	options.InOne = variant.Quick || options.Check || chapters
	if variant.Aside() {
		options.Output = opened.Out
	}
	sources, err := options.Read(opened.Run)
	if err != nil {
		return flags.Usage(err)
	}
	unlock, err := project.Lock(opened.Root)
	if err != nil {
		return err
	}
	defer unlock()
	if options.Tools, err = execute.Kernel(ctx, command.ErrOrStderr(), execute.Folders(paths)...); err != nil {
		return err
	}
	if err := opened.Forget(); err != nil {
		return err
	}
	say := func(format string, values ...any) {
		fmt.Fprintf(command.ErrOrStderr(), format+"\n", values...)
	}
	results, err := execute.Chapters(ctx, options, opened, sources, say)
	if ctx.Err() != nil {
		return err
	}
	for _, result := range results {
		opened.Executed(result.File, result.Executed)
	}
	err = errors.Join(err, opened.Gather(options.Check))
	if options.Check {
		return err
	}
	if variant.Seed != 0 {
		verdicts, lost := opened.Verdicts()
		told, few := project.Share(verdicts)
		say("with seed %d: %s", variant.Seed, told)
		err = errors.Join(err, lost, few)
	}
	sayLeft(command.ErrOrStderr(), opened)
	index, written := writeBook(ctx, command.ErrOrStderr(), opened)
	switch {
	case written == nil && index == "": // outside of the project, or of no chapter
	case written == nil:
		say("the book: %s", index)
	case opened.All:
		err = errors.Join(err, written)
	default:
		// What other people write in notebooks need not fit our book, and a quick run of
		// some chapters may lack what they link to.
		say("bnn: no book was written: %v", written)
	}
	return err
}
