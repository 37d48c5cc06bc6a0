package bnn

import "testing"

func TestX(t *testing.T) {
	for _, name := range referenceNetworks {
		states, err := StationaryStates(readNetwork(t, name))
		t.Log(name, err)
		for _, s := range states {
			t.Logf("%+v", s)
		}
	}
}
