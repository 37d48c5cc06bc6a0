package simulate

import (
	"testing"

	"balanced/bnn"
)

// generalNetworks are those for which the exact method has a loop of its own.
func generalNetworks(t testing.TB) map[string]*bnn.Network {
	noisy := lawNetworks(t)["three"].Clone()
	noisy.Populations[0].Noise, noisy.Populations[2].Noise, noisy.Populations[1].Spread = 1.4, 1.1, 0.4
	noisy.Feedforward[1].Shared = true
	quiet := lawNetworks(t)["silent"].Clone() // one population has noise, and bounds follow the state of the other
	quiet.Populations[1].Noise = 1
	return map[string]*bnn.Network{"noisy": noisy, "quiet": quiet, "wide": noisy}
}
