package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"balanced/bnn/sweep"
	"balanced/internal/flags"
	"balanced/internal/slurm"

	"github.com/spf13/cobra"
)

// slurmChoice is what the flags say about a cluster.
type slurmChoice struct {
	submit, print bool
	tasks         int
}

func (c *slurmChoice) add(command *cobra.Command) {
	set := command.Flags()
	set.BoolVar(&c.submit, "slurm", false, "submit the sweep to Slurm: an array of shards, and a job that writes the table to --out; options of sbatch follow after --")
	set.BoolVar(&c.print, "print", false, "with --slurm, print the two batch scripts and submit nothing")
	set.Var(flags.Count(&c.tasks, 0), "tasks", "with --slurm, the number of shards; 0 for one in 64 points, at most 100")
}

// arguments allows options of sbatch after --, with --slurm.
func (c *slurmChoice) arguments(command *cobra.Command, args []string) error {
	if dash := command.ArgsLenAtDash(); dash >= 0 {
		if !c.submit {
			return fmt.Errorf("%q: options of sbatch must go with --slurm", args[dash:])
		}
		args = args[:dash]
	}
	if !c.submit && (c.print || c.tasks > 0) {
		return errors.New("--print and --tasks: must go with --slurm")
	}
	for _, name := range []string{"shard", "dry-run", "workers", "format"} {
		if c.submit && command.Flags().Changed(name) {
			return fmt.Errorf("--%s: must not go with --slurm; a task has as many workers as processors, by -- --cpus-per-task=4", name)
		}
	}
	return flags.One("SPEC")(command, args)
}

// slurm submits a sweep, or prints what it would submit.
func (c *slurmChoice) slurm(command *cobra.Command, s *sweep.Sweep, choice sweepChoice, args []string) error {
	if s.Store == nil {
		return flags.Usage(errors.New("--store none: must be a folder that all nodes see, with --slurm"))
	}
	status, err := s.Status(command.Context())
	if err != nil {
		return err
	}
	array, out, err := c.array(s, choice, status.Points, args)
	if err != nil {
		return err
	}
	if c.print {
		fmt.Fprintf(command.OutOrStdout(), "%s\n%s", array.TaskScript(), array.AfterScript())
		return nil
	}
	missing := status.Points - status.Complete
	if missing == 0 {
		fmt.Fprintf(command.ErrOrStderr(), "nothing is submitted: the store has all %d points\n", status.Points)
		choice.out = out
		return choice.print(command, s, args[0])
	}
	if err := os.MkdirAll(array.Logs, 0o777); err != nil {
		return err
	}
	tasks, after, err := array.Submit(command.Context())
	if err != nil {
		return err
	}
	fmt.Fprintf(command.ErrOrStderr(), "%d of %d points are missing. Job %s computes them in %d tasks; after it job %s writes %s.\n"+
		"What they say is in %s; bnn sweep status %s tells how far they are.\n", missing, status.Points, tasks, array.Tasks, after, out, array.Logs, args[0])
	return nil
}

// array is what is submitted, by paths that mean the same on every node.
func (c *slurmChoice) array(s *sweep.Sweep, choice sweepChoice, points int, args []string) (slurm.Array, string, error) {
	program, err := os.Executable()
	if err != nil {
		return slurm.Array{}, "", err
	}
	spec, err := filepath.Abs(args[0])
	if err != nil {
		return slurm.Array{}, "", err
	}
	out := choice.out
	if out == "" {
		out = strings.TrimSuffix(spec, filepath.Ext(spec)) + ".csv"
	}
	if out, err = filepath.Abs(out); err != nil {
		return slurm.Array{}, "", err
	}
	kept, err := filepath.Abs(filepath.Dir(s.Store.Path()))
	if err != nil {
		return slurm.Array{}, "", err
	}
	options, err := slurm.ReadOptions(filepath.Join(filepath.Dir(spec), slurm.OptionsFile))
	if err := errors.Join(err, slurm.CheckOptions(args[1:])); err != nil {
		return slurm.Array{}, "", flags.Usage(err)
	}
	const pointsOfATask, mostTasks = 64, 100
	tasks := c.tasks
	if tasks == 0 {
		tasks = min((points+pointsOfATask-1)/pointsOfATask, mostTasks)
	}
	tasks = min(tasks, points)
	task := []string{program, "sweep", spec, "--store", kept, "--shard", fmt.Sprintf("%s/%d", slurm.TaskNumber, tasks), "--workers", slurm.Processors}
	if choice.force {
		task = append(task, "--force")
	}
	after := []string{program, "sweep", "merge", spec, "--store", kept, "--out", out}
	if choice.physical {
		after = append(after, "--physical")
	}
	if choice.plot != "" {
		plot, err := filepath.Abs(choice.plot)
		if err != nil {
			return slurm.Array{}, "", err
		}
		after = append(after, "--plot", plot)
	}
	return slurm.Array{
		Name: "bnn-" + strings.Map(plain, s.Name), Tasks: tasks, Task: task,
		After:   after,
		Logs:    filepath.Join(kept, "slurm"),
		Jobs:    filepath.Join(kept, "slurm", s.Key()+".jobs"),
		Options: append(options, args[1:]...),
	}, out, nil
}

// plain leaves of a name what a job and its files may be called.
func plain(r rune) rune {
	if strings.ContainsRune("-_.", r) || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
		return r
	}
	return '-'
}
