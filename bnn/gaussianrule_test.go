package bnn

import (
	"fmt"
	"math"
	"testing"
)

// Going from node to node by factors gives what the plain sum does, relative to each
// expectation itself where that does not cancel, and in the tails too.
func TestGaussianRuleAgainstPlainSum(t *testing.T) {
	for _, rule := range gaussianRules {
		for _, share := range []float64{1e-6, 0.1, 0.5, 0.9, 1} {
			deviation := share / (2 * rule.step)
			for _, center := range []float64{-600, -200, -40, -7, -1, -0.3, 0, 0.3, 2, 15, 90, 500} {
				got, want := rule.logistic(center, deviation), rule.plainLogistic(center, deviation)
				for _, c := range []struct {
					name             string
					got, want, scale float64
				}{
					{"F", got.Value, want.Value, want.Value}, {"F′", got.First, want.First, want.First},
					{"F″", got.Second, want.Second, want.First}, {"F‴", got.Third, want.Third, want.First},
				} {
					if off := math.Abs(c.got - c.want); !(off <= 1e-13*c.scale) {
						t.Errorf("step %g center %g deviation %g: %s = %.17g, the plain sum %.17g, off by %.1e of it",
							rule.step, center, deviation, c.name, c.got, c.want, off/c.scale)
					}
				}
			}
		}
	}
}

// So far out that exp(−x) overflows, the plain sum takes over.
func TestGaussianRuleFarOut(t *testing.T) {
	for _, rule := range gaussianRules {
		for _, center := range []float64{-1e308, -800, 800, 1e308} {
			e := rule.logistic(center, 1)
			for _, x := range []float64{e.Value, e.First, e.Second, e.Third} {
				if math.IsNaN(x) || math.Abs(x) > 1+1e-14 {
					t.Errorf("step %g center %g: %+v", rule.step, center, e)
				}
			}
			if saturated := center > 0; saturated != (e.Value > 0.5) {
				t.Errorf("step %g center %g: F = %g", rule.step, center, e.Value)
			}
		}
	}
}

func BenchmarkGaussianRule(b *testing.B) {
	for _, rule := range gaussianRules {
		for name, f := range map[string]func(center, deviation float64) Expectation{"factors": rule.logistic, "plain": rule.plainLogistic} {
			b.Run(fmt.Sprintf("%s/step=%g", name, rule.step), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					f(0.3, 1)
				}
			})
		}
	}
}
