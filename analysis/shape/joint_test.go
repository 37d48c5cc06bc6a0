package shape_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"balanced/analysis/shape"
	"balanced/bnn"
	"balanced/internal/verification"
)

// Neurons that are all the same: half of all pairs and triples are above the median.
func TestNeuronsThatAreTheSame(t *testing.T) {
	replicas := make([][]float64, 200)
	for r := range replicas {
		v := float64(r * 77 % 200) // neighbours differ
		replicas[r] = []float64{v, v, v, v}
	}
	joint, err := shape.Independence(replicas, 1)
	// 99 replicas of 200 are above the upper median.
	if err != nil || math.Abs(joint.Two.Value-0.495) > 1e-12 || joint.Three.Value != joint.Two.Value || joint.P > 0.001 {
		t.Errorf("%+v: %v", joint, err)
	}
}

// Independent neurons are found independent, and a planted common part is noticed. That some are thrown far away does not
// hide it.
func TestIndependence(t *testing.T) {
	verification.Long(t)
	const count = 300
	var independent, common [][]float64
	random := rand.New(rand.NewPCG(30, 4))
	for range count {
		shift, one, other := random.NormFloat64(), make([]float64, 20), make([]float64, 20)
		for j := range one {
			one[j] = random.NormFloat64()
			other[j] = shift + random.NormFloat64()/2
		}
		if random.IntN(40) == 0 {
			other[0] *= 1e6
		}
		independent, common = append(independent, one), append(common, other)
	}
	joint, err := shape.Independence(independent, 1)
	if err != nil || math.Abs(joint.Two.Value-0.25) > 4*joint.Two.StandardError || math.Abs(joint.Three.Value-0.125) > 4*joint.Three.StandardError || joint.P < 0.01 {
		t.Errorf("independent: %+v, %v", joint, err)
	}
	// A correlation of 0.8: 1/4 + arcsin(0.8)/2π.
	joint, err = shape.Independence(common, 1)
	if want := 0.25 + math.Asin(0.8)/(2*math.Pi); err != nil || math.Abs(joint.Two.Value-want) > 4*joint.Two.StandardError || joint.P > 0.001 {
		t.Errorf("of a common part: %+v, not %v: %v", joint, want, err)
	}
	var bad *bnn.InputError
	for _, replicas := range [][][]float64{nil, {{1, 2, 3, 4}}, {{1, 2, 3}, {1, 2, 3}}} {
		if _, err := shape.Independence(replicas, 1); !errors.As(err, &bad) {
			t.Errorf("%v: %v", replicas, err)
		}
	}
}

func TestAbove(t *testing.T) {
	above := shape.Above(1)
	if above(1) != 0 || above(1.001) != 1 || above(-5) != 0 {
		t.Error("not 1 above 1 and 0 elsewhere")
	}
}
