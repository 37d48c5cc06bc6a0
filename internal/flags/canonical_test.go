package flags

import (
	"testing"

	"github.com/spf13/cobra"

	"balanced/bnn"
)

func TestCanonical(t *testing.T) {
	const want = `bnn simulate 'it'\''s.json' --n 1000 --seed 5 --set 'weights[*][1]=-0.5' --set a=1 --to 0.5`
	for _, line := range [][]string{
		{"simulate", "--n", "1e3", "--set", "weights[*][1]=-5e-1", "--set", " a=1.0", "--seed=5", "--to", ".5", "it's.json"},
		{"simulate", "/home/me/it's.json", "--to", "0.50", "--workers", "7", "--out", "x.csv", "--force", "--format", "json", "--seed", "5", "--n", "1000",
			"--method", "exact", "--set", "weights[*][1]=-0.5", "--set", "a=1"},
	} {
		got := ""
		var n, workers int
		var seed uint64
		var to, every float64
		var method, format, out string
		var force bool
		var settings []bnn.Setting
		root := &cobra.Command{Use: "bnn"}
		command := &cobra.Command{Use: "simulate FILE", Run: func(command *cobra.Command, args []string) { got = Canonical(command, args) }}
		root.AddCommand(command)
		set := command.Flags()
		set.Var(Count(&n, 1), "n", "")
		set.Var(Seed(&seed), "seed", "")
		set.Var(Count(&workers, 0), "workers", "")
		set.Var(Number(&to), "to", "")
		set.Var(Number(&every), "every", "")
		set.StringVar(&method, "method", "exact", "")
		set.StringVar(&out, "out", "", "")
		AddSet(command, &settings)
		AddForce(command, &force)
		AddFormat(command, &format)
		root.SetArgs(line)
		if err := root.Execute(); err != nil || got != want {
			t.Errorf("%q is %s, %v, want %s", line, got, err, want)
		}
	}
}
