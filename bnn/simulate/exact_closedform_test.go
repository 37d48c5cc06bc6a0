package simulate

import (
	"context"
	"math"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// Against the closed forms for constant rates, down to networks of two neurons.
func TestExactModesAgainstClosedForm(t *testing.T) {
	verification.Only(t)
	pair := &bnn.Network{
		Name:        "pair",
		Populations: []bnn.Population{{Name: "E", Tau: 0.8, Size: 2, Rate: bnn.ConstantRate{Value: 3}, Stimulus: bnn.ConstantStimulus{Value: 0.3}}},
		Weights:     [][]float64{{-0.7}},
		Initial:     bnn.Initial{Mean: []float64{0.5}, Variance: []float64{0.4}},
	}
	several := networktest.ConstantRates()
	for a := range several.Populations {
		several.Populations[a].Noise = 0
	}
	times := []float64{0.2, 1, 3}
	for n, network := range map[int]*bnn.Network{1: pair, 7: several} {
		plan, err := newPlan(context.Background(), network, n, times)
		if err != nil {
			t.Fatal(err)
		}
		for mode, arrange := range exactModes {
			if strings.HasPrefix(mode, "following") || !strings.HasPrefix(mode, "classes") && len(network.Feedforward) > 0 {
				continue // the same as others: constant rates are always at their bound
			}
			const replicas = 12_000
			law := exactLaw(t, plan, replicas, 4, arrange)
			compare := func(predicted bnn.Moments) (largest float64, where string) {
				i := 0
				for a := range plan.counts {
					for row := range times {
						for q, table := range predicted.Tables() {
							// A rate that is the same in all replicas has no error.
							if z := math.Abs(law.mean[i]-table[row][a]) / law.errors[i]; q < 3 && z > largest {
								largest, where = z, law.names[i]
							}
							i++
						}
						i += len(plan.counts) + len(plan.sources)
					}
					i += 2
				}
				return largest, where
			}
			if z, where := compare(closedForm(network, n, times, false)); z > networktest.FalseAlarmZ {
				t.Errorf("n = %d, %s: z = %.1f for the %s", n, mode, z, where)
			}
			if z, _ := compare(closedForm(network, n, times, true)); z <= networktest.FalseAlarmZ {
				t.Errorf("n = %d, %s: a self-connection goes unseen: z = %.1f", n, mode, z)
			}
			if len(network.Populations) == 1 {
				continue
			}
			for name, plant := range plantedBugs(network) {
				wrong := network.Clone()
				plant(wrong)
				if z, _ := compare(closedForm(wrong, n, times, false)); z <= networktest.FalseAlarmZ {
					t.Errorf("n = %d, %s: planted bug %q goes unseen: z = %.1f", n, mode, name, z)
				}
			}
		}
	}
}
