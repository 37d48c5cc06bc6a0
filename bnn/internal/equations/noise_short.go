package equations

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// The propagator of a short time t (theory.md §27) needs of A only its powers times what enters, L: modes differ in their strengths
// and decays, but those of one population enter alike. With K_p = (A t)^p L / p! and x = D t
//
//	G = t Σ_p K_p g_p(x),   R = t Σ_p K_p r_p(x),   N = t² Σ_pq K_p ω_pq(x) K_qᵀ
//	g_p = ∫₀¹ u^p e^{−xu} du,   r_p = ∫₀¹ u^p e^{−x(1−u)} du,   ω_pq = ∫₀¹∫₀¹ u^p v^q e^{−x|u−v|} du dv
//
// summed over modes with their strengths; and with the leaks Δ and A = −Δ + L H, e^{At} = e^{−Δt} + t Σ_p K_p H r_p(Δt).

const (
	mostPowers   = 24
	seriesTerms  = 28    // of e^{−x}, for x up to
	seriesReach  = 2     // this, to the last bits
	smallestPart = 1e-15 // of what enters; smaller powers are left out
	largestPart  = 1e2   // up to which powers may grow before they fall
)

// noisePowers are (A h)^p L / p! for a whole step h: transposed, P rows a power and one column a slow state.
type noisePowers struct {
	all   *mat.Dense
	sizes []float64 // of the powers
}

func (s *noiseEquations) powers(ctx context.Context, c noiseCoefficients, h float64) (noisePowers, error) {
	size, p := s.enters.Dims()
	powers := noisePowers{all: mat.NewDense(mostPowers*p, size, nil)}
	block := func(i int) *mat.Dense { return powers.all.Slice(i*p, (i+1)*p, 0, size).(*mat.Dense) }
	transposed := mat.DenseCopyOf(c.drift.T())
	for i := range mostPowers {
		if i == 0 {
			block(0).Copy(s.enters.T())
		} else {
			var next mat.Dense
			if err := s.multiply(ctx, &next, block(i-1), transposed); err != nil {
				return powers, err
			}
			next.Scale(h/float64(i), &next)
			block(i).Copy(&next)
		}
		powers.sizes = append(powers.sizes, mat.Norm(block(i), 2))
		if powers.sizes[i] <= smallestPart*powers.sizes[0] {
			break
		}
	}
	return powers, nil
}

// doublings is how often a step has to be halved until the powers that there are suffice, and until the series in
// the decays of modes do, the fastest of which is given in units of the step.
func (p noisePowers) doublings(fastest float64) int {
	needed := 0
	if fastest > seriesReach {
		needed = int(math.Ceil(math.Log2(fastest / seriesReach)))
	}
	for ; needed < 1000; needed++ { // 1000 is beyond all numbers
		suffices := true
		for i, size := range p.sizes {
			size = math.Ldexp(size, -needed*i) / p.sizes[0]
			if !(size <= largestPart) || (i >= mostPowers-2 && size > 100*smallestPart) {
				suffices = false
			}
		}
		if suffices {
			break
		}
	}
	return needed
}

// needed is the number of powers that count where the step is halved so often.
func (p noisePowers) needed(doublings int) int {
	for i, size := range p.sizes {
		if math.Ldexp(size, -doublings*i) <= smallestPart*p.sizes[0] {
			return i + 1
		}
	}
	return len(p.sizes)
}

// short is the propagator of a short time t, for powers of a longer one.
func (s *noiseEquations) short(ctx context.Context, c noiseCoefficients, powers noisePowers, h float64, doublings int) (*noisePropagator, error) {
	size, p := s.enters.Dims()
	t, count := math.Ldexp(h, -doublings), powers.needed(doublings)
	k := mat.DenseCopyOf(powers.all.Slice(0, count*p, 0, size))
	for i := range count {
		block := k.Slice(i*p, (i+1)*p, 0, size).(*mat.Dense)
		block.Scale(math.Ldexp(1, -doublings*i), block)
	}
	decays := c.decaysOver(h)
	rows := len(decays.values)
	result := &noisePropagator{noiseDecays: decays, r: mat.NewDense(rows, size, nil), g: mat.NewDense(rows, size, nil),
		e: new(mat.Dense), n: new(mat.Dense), forgets: make([]float64, rows), modesForget: make([]float64, len(c.decays))}
	for i, decay := range c.decays {
		result.modesForget[i] = math.Exp(-decay * h)
	}
	for i, decay := range decays.values {
		result.forgets[i] = math.Exp(-decay * t)
		g, r := result.g.RawRowView(i), result.r.RawRowView(i)
		early, late := momentsOfDecay(decay*t, count)
		for power := range count {
			from := k.RawRowView(power*p + i*p/rows)
			floats.AddScaled(g, t*early[power], from)
			floats.AddScaled(r, t*late[power], from)
		}
	}
	weighted := mat.NewDense(count*p, size, nil) // ω K
	for b := range p {
		weights := momentsOfModes(c.strengths[b*NoiseModes:(b+1)*NoiseModes], c.decays[b*NoiseModes:(b+1)*NoiseModes], t, count)
		for i := range count {
			to := weighted.RawRowView(i*p + b)
			for j := range count {
				floats.AddScaled(to, t*t*weights[i][j], k.RawRowView(j*p+b))
			}
		}
	}
	if err := s.gather(ctx, result.n, weighted, k); err != nil {
		return nil, err
	}
	for j, leak := range s.leaks { // H r, transposed into the place of the above
		_, late := momentsOfDecay(leak*t, count)
		for power := range count {
			for b := range p {
				weighted.Set(power*p+b, j, t*late[power]*c.hears.At(b, j))
			}
		}
	}
	if err := s.gather(ctx, result.e, weighted, k); err != nil {
		return nil, err
	}
	for j, leak := range s.leaks {
		result.e.Set(j, j, result.e.At(j, j)+math.Exp(-leak*t))
	}
	return result, nil
}

// momentsOfDecay returns g_p and r_p at x, by the series of e^{−x} and by that of Taylor's rest.
func momentsOfDecay(x float64, count int) (early, late [mostPowers]float64) {
	for p := range count {
		term, rest := 1.0, 1/float64(p+1)
		for q := range seriesTerms {
			if math.Abs(term) < smallestPart*smallestPart {
				break
			}
			early[p] += term / float64(p+q+1)
			late[p] += rest
			term *= -x / float64(q+1)
			rest *= -x / float64(p+q+2)
		}
	}
	return early, late
}

// momentsOfModes returns ω_pq summed over the modes of a population: Σ_j μ_j (q!/(q+j+1)! + p!/(p+j+1)!)/(p+q+j+2)
// with the moments μ_j = Σ_k a_k² (−x_k)^j.
func momentsOfModes(strengths, decays []float64, t float64, count int) (weights [mostPowers][mostPowers]float64) {
	var moments [seriesTerms]float64
	for k, strength := range strengths {
		power := strength * strength
		for j := range moments {
			moments[j] += power
			power *= -decays[k] * t
		}
	}
	var rests [mostPowers][seriesTerms]float64 // p!/(p+j+1)!
	for p := range count {
		rests[p][0] = 1 / float64(p+1)
		for j := 1; j < seriesTerms; j++ {
			rests[p][j] = rests[p][j-1] / float64(p+j+1)
		}
	}
	terms := 1
	for ; terms < seriesTerms && rests[0][terms]*math.Abs(moments[terms]) > smallestPart*smallestPart*moments[0]; terms++ {
	}
	for p := range count {
		for q := range p + 1 {
			sum := 0.0
			for j, moment := range moments[:terms] {
				sum += moment * (rests[p][j] + rests[q][j]) / float64(p+q+j+2)
			}
			weights[p][q], weights[q][p] = sum, sum
		}
	}
	return weights
}
