// Package study asks how a network depends on its size: it simulates it at several sizes n,
// measures something in each replica, and tells the curve over n and where it leads at
// infinite n.
//
// Moments and Potentials simulate, and give Runs; Runs.Measure makes a Series of a quantity, one
// estimate a size:
//
//	runs, err := study.Moments(ctx, []study.Size{{N: 100, Replicas: 600}, {N: 1000, Replicas: 100}},
//		func(n int) (simulate.Ensemble, []float64) {
//			return simulate.Ensemble{Network: network, Seed: 5, Store: kept}, []float64{1, 2}
//		})
//	mean, err := runs.Measure(func(n float64, m bnn.Moments) float64 { return m.Mean[1][0] })
//
// A Series is shifted and scaled by Less, RelativeTo and Scaled, fitted by Trend, AtInfinity and Exponent, and
// laid beside a theory by Compare. N, Values and Errors are what a figure.Points draws.
//
// ExactUpTo is the usual plan. Class and Paths are parts of potentials; Bias and OfOneRun are distances from a theory; Record,
// Lagged and Spectral look at fluctuations over time, and OverTime at averages. Course follows any quantity over the times of replicas
// of one size, TimeMean and LateMean average over times, and Change tells what a stimulus does. AllAtInfinity compares moments with
// a theory; FanoFactors and Between look at spike trains. Curve, OverSizes and Computed bring theories into figures and claims.
//
// Replicas of different sizes are independent of each other, also with one seed.
package study
