package show_test

import (
	"testing"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/notebooks/show"
)

func TestEnsemble(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	network, leap := &bnn.Network{Name: "two"}, simulate.Leap{Step: 0.1}
	e := show.Ensemble(network, 5, leap)
	if e.Network != network || e.Seed != show.Seed(5) || e.Method != leap || e.Store == nil || e.N != 0 {
		t.Errorf("the ensemble is %+v", e)
	}
}
