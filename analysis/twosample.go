package analysis

import (
	"math"

	"balanced/analysis/internal/check"
	"balanced/analysis/internal/twosample"
)

// mostExact is the largest product of the sizes of two samples whose p-value is exact.
const mostExact = 1e7

// KolmogorovSmirnovTwo tests whether two samples of 2 or more independent values each are from
// the same law, which need not be known. The distance is the largest one between their
// distribution functions,
//
//	D = max_x |F_N(x) − G_M(x)|.
//
// The p-value is the exact probability of one as large or larger under a random order of
// N + M different values, if N M is 10⁷ at most (J. L. Hodges, Arkiv för Matematik 3, 469–486,
// 1958); where values are equal it is too large rather than too small. For larger samples it is
// Kolmogorov's limit, 2 Σ_k (−1)^{k−1} e^{−2k²λ²} with λ = D √(NM/(N+M)), which is right to a
// few per cent there. The cost is O(N log N + M log M + N M), the last for the exact p-value.
// The error is a *bnn.InputError.
func KolmogorovSmirnovTwo(x, y []float64) (distance, pValue float64, err error) {
	if err := check.Sample("x", x); err != nil {
		return 0, 0, err
	}
	if err := check.Sample("y", y); err != nil {
		return 0, 0, err
	}
	largest, n, m := twosample.LargestDifference(x, y), len(x), len(y)
	product := float64(n) * float64(m)
	distance = float64(largest) / product
	if product <= mostExact {
		return distance, twosample.PathsBeyond(largest, n, m), nil
	}
	lambda := distance * math.Sqrt(product/float64(n+m))
	if lambda < 0.2 {
		return distance, 1, nil // less 1e-12
	}
	for k, sign := 1.0, 2.0; k < 100; k, sign = k+1, -sign {
		pValue += sign * math.Exp(-2*k*k*lambda*lambda)
	}
	return distance, min(1, max(0, pValue)), nil
}
