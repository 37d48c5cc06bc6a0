package contrast_test

import (
	"errors"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/theory"
	"balanced/bnn/theory/contrast"
)

// It starts on the manifold of the network, which stays as it is, and fires at the rate wherever it is.
func TestWithoutFeedback(t *testing.T) {
	network := network(t)
	open, err := contrast.WithoutFeedback(ctx, network, 1.2)
	if err != nil {
		t.Fatal(err)
	}
	limit, err := theory.Limit(ctx, network, []float64{0})
	if err != nil {
		t.Fatal(err)
	}
	for a, p := range open.Populations {
		near(t, "the start of "+p.Name, open.Initial.Mean[a], limit.Mean[0][a], 1e-6)
		near(t, "the rate of "+p.Name, p.Rate.At(-3), 1.2, 0)
	}
	if open.Initial.OnManifold || !network.Initial.OnManifold || math.Abs(network.Populations[0].Rate.At(-30)) > 1e-6 {
		t.Error("the copy is projected again, or the network itself was changed")
	}
	// What starts where it is said to start stays there to the last digit.
	network.Initial.OnManifold, network.Initial.Mean[0] = false, 0.123456789
	if open, err = contrast.WithoutFeedback(ctx, network, 1.2); err != nil || open.Initial.Mean[0] != 0.123456789 {
		t.Errorf("from its own start: %v, %v", open, err)
	}
	var bad *bnn.InputError
	if _, err := contrast.WithoutFeedback(ctx, network, -1); !errors.As(err, &bad) {
		t.Errorf("a negative rate: %v", err)
	}
}
