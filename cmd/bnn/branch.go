package main

import (
	"fmt"

	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/bnn/theory"
	"balanced/internal/flags"
	"balanced/internal/provenance"
	"balanced/internal/table/results"

	"github.com/spf13/cobra"
)

func branchCommand() *cobra.Command {
	var path string
	var output flags.Output
	var physical flags.Physical
	var from, to float64
	var n int
	var settings []bnn.Setting
	command := &cobra.Command{
		Use:   "branch FILE --along PATH --from A --to B [--n N]",
		Short: "Follow stationary states along one parameter, through folds and Hopf points",
		Long: `Follows the stationary states of the limit equations, or with --n of the finite-n
equations, along one number of the network file, with all stimuli at rest. Prints a row a
point: the branches that are found one after another, each from its start to its end,
with special points where they lie: limit point, slow hopf, fast fold, fast hopf, and at
finite n limit point and hopf. The columns fast and slow are the largest real parts of the
eigenvalues of S and of those along the balanced manifold, with their imaginary parts; at
finite n there is one spectrum, under slow. Standard error tells why each branch ends.`,
		Args: flags.One("FILE"),
		RunE: stoppable(func(command *cobra.Command, args []string) error {
			if err := output.Check(command); err != nil {
				return err
			}
			network, err := readNetwork(args[0], settings)
			if err != nil {
				return err
			}
			if err := physical.Check(network); err != nil {
				return err
			}
			var diagram *theory.BifurcationDiagram
			if command.Flags().Changed("n") {
				diagram, err = theory.FiniteSizeBranches(command.Context(), network, n, path, from, to)
			} else {
				diagram, err = theory.Branches(command.Context(), network, path, from, to)
			}
			if err != nil {
				return flags.OfFlag(err, "path", "along")
			}
			made := provenance.OfCommand(flags.Canonical(command, args), network)
			made.N = n
			if err := flags.Deliver(command, physical.Table(results.Branches(diagram), network), output.Format, output.Out, made); err != nil {
				return err
			}
			for i, branch := range diagram.Branches {
				fmt.Fprintf(command.ErrOrStderr(), "Branch %d begins where %s and ends where %s.\n", i+1, branch.Begins, branch.Ends)
			}
			if diagram.Resizes && diagram.Finite {
				fmt.Fprintf(command.ErrOrStderr(), "Along a size the equations are those of a real number of neurons: a network of n = %d is on a branch where size·n is whole.\n", n)
			}
			if len(diagram.Branches) == 0 {
				return fmt.Errorf("no stationary state was found with %s from %g to %g", path, from, to)
			}
			return flags.Draw(command, output.Plot, made, physical.Figure(network, func() (*figure.Figure, error) { return figure.Branch(diagram) }))
		}),
	}
	set := command.Flags()
	set.StringVar(&path, "along", "", "the parameter: a number of the network file, such as populations[I].rate.slope or weights[*][1] (required)")
	set.Var(flags.AnyNumber(&from), "from", "value of the parameter at which to begin (required)")
	set.Var(flags.AnyNumber(&to), "to", "value of the parameter at which to end (required)")
	set.Var(flags.Count(&n, 1), "n", "size of a finite network, at least 2 neurons in each population")
	flags.Require(command, "along", "from", "to")
	flags.AddSet(command, &settings)
	output.Add(command)
	physical.Add(command)
	return command
}
