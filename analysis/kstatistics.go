package analysis

import (
	"gonum.org/v1/gonum/stat"

	"balanced/analysis/internal/check"
	"balanced/bnn"
)

// KStatistics returns k₁ … k₄, the unbiased estimates of the first four cumulants (mean,
// variance, third cumulant, and fourth central moment less 3 times the variance
// squared) from 4 or more independent values. With m_r the mean of (x − x̄)^r,
//
//	k₁ = x̄
//	k₂ = n m₂/(n−1)
//	k₃ = n² m₃/((n−1)(n−2))
//	k₄ = n² ((n+1) m₄ − 3(n−1) m₂²)/((n−1)(n−2)(n−3))
//
// (R. A. Fisher, Proc. London Math. Soc. 30, 199–238, 1929). The error is a
// *bnn.InputError.
func KStatistics(sample []float64) ([4]float64, error) {
	if err := check.Count("sample", len(sample), 4); err != nil {
		return [4]float64{}, err
	}
	if err := check.Sample("sample", sample); err != nil {
		return [4]float64{}, err
	}
	n, mean := float64(len(sample)), stat.Mean(sample, nil)
	var m2, m3, m4 float64 // by multiplications: stat.MomentAbout takes a power of each value, in ten times the time
	for _, x := range sample {
		d := x - mean
		m2 += d * d
		m3 += d * d * d
		m4 += d * d * (d * d)
	}
	m2, m3, m4 = m2/n, m3/n, m4/n
	k := [4]float64{
		mean,
		n * m2 / (n - 1),
		n * n * m3 / ((n - 1) * (n - 2)),
		n * n * ((n+1)*m4 - 3*(n-1)*m2*m2) / ((n - 1) * (n - 2) * (n - 3)),
	}
	for _, value := range k {
		if check.Finite("", value) != nil {
			return [4]float64{}, &bnn.InputError{Path: "sample", Value: "values whose fourth powers are no numbers", Allowed: "below 1e70 or so"}
		}
	}
	return k, nil
}
