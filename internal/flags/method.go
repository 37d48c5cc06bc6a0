package flags

import (
	"errors"
	"fmt"

	"balanced/bnn/simulate"

	"github.com/spf13/cobra"
)

// A Method is what --method, --step and --tolerance say.
type Method struct {
	name string
	leap simulate.Leap
}

// Add gives a command that simulates these flags.
func (m *Method) Add(command *cobra.Command) {
	set := command.Flags()
	set.StringVar(&m.name, "method", "exact", "how to simulate: exact, or leap for large n")
	set.Var(Number(&m.leap.Step), "step", "longest step of a leap; 0 to choose it by --tolerance")
	m.leap.Tolerance = simulate.DefaultTolerance
	set.Var(Number(&m.leap.Tolerance), "tolerance", "error of means and variances that a leap may choose its step by")
}

// Of is the method that was chosen.
func (m *Method) Of(command *cobra.Command) (simulate.Method, error) {
	switch m.name {
	case "leap":
		return m.leap, nil
	case "exact":
		if m.leap.Step != 0 || command.Flags().Changed("tolerance") {
			return nil, Usage(errors.New("--step and --tolerance: must go with --method leap"))
		}
		return simulate.Exact{}, nil
	}
	return nil, Usage(fmt.Errorf("--method %q: must be exact or leap", m.name))
}
