package analysis

import (
	"fmt"
	"math"

	"balanced/analysis/internal/check"
	"balanced/analysis/internal/number"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Gaussian is the test of a claim that a sample is from a normal law of given mean and
// variance, by the largest distance D between the distribution functions of sample and
// law (Kolmogorov–Smirnov). The claim is that the true distance, between the law that the
// sample is from and the normal law, is 0. By the triangle inequality it differs from D
// by no more than the distance of the sample from its own law, and that exceeds the
// critical value d with probability FalseAlarm: the true distance is from D−d to D+d.
//
// The values must be independent: one neuron of each of many runs. The neurons of one
// run are not quite: their mean fluctuates from run to run with a variance of order 1/n
// that can be several times K/n (theory.md §5), and a test against the theoretical mean
// then fails more often than stated. For those there is TestShape.
type Gaussian struct {
	Claim string
	Label Label
	// FalseAlarm is the probability of failing although the claim is true, from 1e-12
	// to 0.5; 0 for DefaultFalseAlarm.
	FalseAlarm float64
}

// Test compares a sample of 2 or more values with the normal law of the given mean and
// variance > 0. Measured is D; the p-value is that of KolmogorovSmirnov. The error is a
// *bnn.InputError.
func (g Gaussian) Test(sample []float64, mean, variance float64) (Verdict, error) {
	verdict, critical, err := g.test(sample, mean, variance)
	if err != nil {
		return Verdict{}, err
	}
	count := len(sample)
	verdict.Test = fmt.Sprintf("Kolmogorov–Smirnov distance of %d values from a normal law of mean %s and variance %s", count, number.Minus(number.Short(mean, 4)), number.Short(variance, 4))
	verdict.Power = fmt.Sprintf("a mean wrong by %s standard deviations, or a standard deviation too large by a factor of %s, with probability %g",
		number.Short(meanCaught(critical, count), 2), number.Short(spreadCaught(critical, count), 3), power)
	return verdict, nil
}

// TestShape compares a sample with the normal law of the given variance > 0 around the
// mean of the sample itself. A fitted mean brings D down, so that false alarms are rarer
// than stated, and there is no power against a wrong mean. Otherwise it is as Test.
func (g Gaussian) TestShape(sample []float64, variance float64) (Verdict, error) {
	if err := check.Sample("sample", sample); err != nil {
		return Verdict{}, err
	}
	verdict, critical, err := g.test(sample, stat.Mean(sample, nil), variance)
	if err != nil {
		return Verdict{}, err
	}
	count := len(sample)
	verdict.Test = fmt.Sprintf("Kolmogorov–Smirnov distance of %d values from a normal law of variance %s around their own mean", count, number.Short(variance, 4))
	verdict.Power = fmt.Sprintf("a standard deviation too large by a factor of %s, with probability %g, and nothing of the mean",
		number.Short(spreadCaught(critical, count), 3), power)
	return verdict, nil
}

// test is what both have in common; Test and Power are left to be filled in. It also
// returns the critical value of D.
func (g Gaussian) test(sample []float64, mean, variance float64) (Verdict, float64, error) {
	falseAlarm, err := checkTest(g.Claim, g.Label, g.FalseAlarm)
	if err != nil {
		return Verdict{}, 0, err
	}
	if err := check.Sample("sample", sample); err != nil {
		return Verdict{}, 0, err
	}
	law, err := check.Normal(mean, variance)
	if err != nil {
		return Verdict{}, 0, err
	}
	distance, pValue, err := KolmogorovSmirnov(sample, law.CDF)
	if err != nil {
		return Verdict{}, 0, err
	}
	critical := distanceAt(falseAlarm, len(sample))
	verdict := Verdict{
		Claim: g.Claim, Label: g.Label, Where: "distance of all values",
		Measured: distance, Low: max(0, distance-critical), High: min(1, distance+critical),
		PValue: pValue, FalseAlarm: falseAlarm,
	}
	verdict.judge()
	return verdict, critical, nil
}

// meanCaught is the least shift of the mean, in standard deviations, that is caught
// with the stated power: the two distribution functions are furthest apart half way,
// and the share of the sample below that point alone then tells. (The true power is a
// little higher, other points telling too.) It is +Inf if no shift is.
func meanCaught(critical float64, count int) float64 {
	return leastCaught(0, 20, func(shift float64) bool {
		expected := distuv.UnitNormal.CDF(shift / 2)
		return shareAbove(expected, 1-expected+critical, count) >= power
	})
}

// spreadCaught is the same for a factor of the standard deviation: the functions are
// furthest apart where the two densities are equal.
func spreadCaught(critical float64, count int) float64 {
	return leastCaught(1+1e-9, 1e4, func(factor float64) bool {
		x := math.Sqrt(2 * math.Log(factor) / (1 - 1/(factor*factor)))
		// Below −x there is more of the wide law than of the narrow one.
		return shareAbove(distuv.UnitNormal.CDF(-x/factor), distuv.UnitNormal.CDF(-x)+critical, count) >= power
	})
}

// leastCaught searches on a logarithmic scale of 1 + x − low.
func leastCaught(low, high float64, caught func(float64) bool) float64 {
	if !caught(high) {
		return math.Inf(1)
	}
	scale := math.Log1p(high - low)
	u := bisect(0, scale, func(u float64) bool { return caught(low + math.Expm1(u)) })
	return low + math.Expm1(u)
}

// shareAbove is the probability that a share of more than the bound of count draws
// succeeds, each with probability p: a tail of the binomial distribution.
func shareAbove(p, bound float64, count int) float64 {
	least := math.Floor(bound*float64(count)) + 1 // successes needed
	if least > float64(count) {
		return 0
	}
	return mathext.RegIncBeta(least, float64(count)-least+1, p)
}
