package flags

import (
	"errors"
	"fmt"

	"balanced/bnn/simulate"
	"balanced/internal/export"

	"github.com/spf13/cobra"
)

// A Recording is what --record, --neurons and --out say.
type Recording struct{ Kind, Neurons, Out string }

// Add gives a command that simulates these flags.
func (r *Recording) Add(command *cobra.Command) {
	command.Flags().StringVar(&r.Kind, "record", "", "what to write of single neurons into --out instead of averages: states, traces or trains")
	command.Flags().StringVar(&r.Neurons, "neurons", "", "of which neurons: 10 for the first 10 of each population, or E=10,I=2 (states: all if not given)")
	AddOut(command, &r.Out)
}

// Of is what is to be recorded of an ensemble at times. Flags that do not go together and
// neurons that are not there are errors of the user, and so is a file that cannot be written.
func (r *Recording) Of(command *cobra.Command, ensemble simulate.Ensemble, times []float64) (export.Recording, error) {
	_, leaps := ensemble.Method.(simulate.Leap)
	var wrong error
	switch {
	case r.Kind == "" && r.Neurons != "":
		wrong = errors.New("--neurons: must go with --record")
	case r.Kind != "" && r.Out == "":
		wrong = errors.New("--record: must go with --out, the file to be written")
	case r.Kind != "" && r.Kind != export.States && r.Neurons == "":
		wrong = fmt.Errorf("--record %s: must go with --neurons", r.Kind)
	case r.Kind != "" && command.Flags().Changed("plot"):
		wrong = errors.New("--plot: must not go with --record, which has no averages to draw")
	case r.Kind == export.Trains && leaps:
		wrong = errors.New("--record trains: must go with --method exact, since leaps have no single spikes")
	}
	if wrong != nil {
		return export.Recording{}, Usage(wrong)
	}
	neurons, err := export.ChooseNeurons(r.Neurons, ensemble.Network, ensemble.N)
	recording := export.Recording{Kind: r.Kind, Neurons: neurons, Times: times, Path: r.Out}
	if err == nil {
		err = recording.Check()
	}
	if err == nil {
		err = CheckOut(command, r.Out)
	}
	return recording, err
}
