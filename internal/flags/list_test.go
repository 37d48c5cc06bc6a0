package flags

import (
	"slices"
	"testing"

	"github.com/spf13/cobra"
)

// Lists are read, spelled in one way, and refused where they are no numbers.
func TestList(t *testing.T) {
	for _, c := range []struct {
		text   string
		values []float64
		canon  string
	}{
		{"1", []float64{1}, "1"},
		{" 1e0, -.5 ,3", []float64{1, -0.5, 3}, "1,-0.5,3"},
		{"0:1:3", []float64{0, 0.5, 1}, "0:1:3"},
		{"-0,1:-1:2", []float64{0, 1, -1}, "0,1:-1:2"},
		{"-1e308:1e308:3", []float64{-1e308, 0, 1e308}, "-1e+308:1e+308:3"},
	} {
		list := List{Values: []float64{7}}
		if err := list.Set(c.text); err != nil || !slices.Equal(list.Values, c.values) || list.String() != c.canon {
			t.Errorf("%q: %g, %s, %v", c.text, list.Values, list.String(), err)
		}
	}
	for _, text := range []string{"", "1,", ",1", "x", "nan", "inf", "1e999", "1:2", "1:2:1", "1:2:2.5", "1:2:3:4", "0:1:1e9", "0:1:100000,2", "1;2", "0:inf:3"} {
		list := List{Values: []float64{7}}
		if err := list.Set(text); err == nil || !slices.Equal(list.Values, []float64{7}) {
			t.Errorf("%q: %g, %v", text, list.Values, err)
		}
	}
}

// The limit is a size that a canonical command line names.
func TestSize(t *testing.T) {
	for text, want := range map[string]string{"inf": "bnn --n inf --omega 1:2:3", "1e3": "bnn --n 1000 --omega 1:2:3", "0": "", "-1": "", "Inf": "", "1.5": ""} {
		got, n := "", -1
		var omega List
		command := &cobra.Command{Use: "bnn", SilenceErrors: true, SilenceUsage: true, Run: func(command *cobra.Command, args []string) { got = Canonical(command, args) }}
		AddSize(command, &n)
		command.Flags().Var(&omega, "omega", "")
		command.SetArgs([]string{"--omega", "1:2.0:3", "--n", text})
		if err := command.Execute(); got != want || (err == nil) != (want != "") {
			t.Errorf("--n %s: %q, %v, want %q", text, got, err, want)
		}
	}
}
