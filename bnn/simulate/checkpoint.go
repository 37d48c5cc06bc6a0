package simulate

import (
	"math/rand/v2"

	"balanced/bnn/internal/checkpoint"
)

// What takes part in a checkpoint is resumable: the run of a method, and the recorders of
// an ensemble.
type resumable interface {
	// checkpoint shows the coder every variable that what comes depends on, and that is
	// not the same in each new run of the replica, always in the same order.
	checkpoint(c *checkpoint.Coder)
}

// encodeState returns the checkpoint of all parts, or only its size where that exceeds most.
func encodeState(parts []resumable, most int) (state []byte, size int) {
	return checkpoint.Encode(showing(parts), most)
}

// decodeState gives all parts the variables that encodeState wrote. After an error they
// are of no use.
func decodeState(state []byte, parts []resumable) error {
	return checkpoint.Decode(state, showing(parts))
}

func showing(parts []resumable) func(*checkpoint.Coder) {
	return func(c *checkpoint.Coder) {
		for _, part := range parts {
			part.checkpoint(c)
		}
	}
}

// A replicaSource is the random stream of a replica.
type replicaSource struct{ *rand.ChaCha8 }

func (s replicaSource) checkpoint(c *checkpoint.Coder) {
	state, err := s.MarshalBinary()
	if err != nil {
		panic(err) // It is documented never to fail.
	}
	c.Blob(&state)
	if c.Reading() {
		c.Fail(s.UnmarshalBinary(state))
	}
}
