package noise

import "math"

// Spectra returns n S of the mean potentials and of the rates at an angular frequency; not ok if the
// response to it is not finite. With E = diag(F′) D₁ U, M = 1 − ½ diag(F″) D₂ Q and
//
//	Y = (n^{-1/2} − W M⁻¹ E)⁻¹
//
// the T and H of theory.md §15 are M⁻¹ + M⁻¹ E Y W M⁻¹ and D₁ U Y W M⁻¹, which keep their digits
// however large n is, and in the limit.
func (s *State) Spectra(omega float64) (means, rates [][]complex128, ok bool) {
	p, r := len(s.Expectations), s.Rank
	d1, e, m := make([]complex128, p), table(p, r), table(p, p)
	for a, population := range s.Network.Populations {
		d1[a] = 1 / complex(1/population.Tau, omega)
		d2 := 1 / complex(2/population.Tau, omega)
		for i := range r {
			e[a][i] = complex(s.Expectations[a].First*s.U.At(a, i), 0) * d1[a]
		}
		for b := range p {
			m[a][b] = -complex(s.Expectations[a].Second/2*s.Squares.At(a, b), 0) * d2
		}
		m[a][a]++
	}
	inverse, ok := invert(m)
	if !ok {
		return nil, nil, false
	}
	w := table(r, p)
	for i := range r {
		for a := range p {
			w[i][a] = complex(s.W.At(i, a), 0)
		}
	}
	reduced := multiply(w, inverse) // W M⁻¹
	y := multiply(reduced, e)
	for i := range y {
		for j := range y {
			y[i][j] = -y[i][j]
		}
		y[i][i] += complex(s.InverseRootN, 0)
	}
	if y, ok = invert(y); !ok {
		return nil, nil, false
	}
	answer := multiply(y, reduced)   // Y W M⁻¹
	entering := multiply(inverse, e) // M⁻¹ E
	t := multiply(entering, answer)  // M⁻¹ E Y W M⁻¹
	leak := table(p, r)              // D₁ U
	for a := range p {
		for i := range r {
			leak[a][i] = complex(s.U.At(a, i), 0) * d1[a]
		}
		for b := range p {
			t[a][b] += inverse[a][b]
		}
	}
	h := multiply(leak, answer)
	eta, zeta, both := s.sampled(omega)
	means, rates = table(p, p), table(p, p)
	for a := range p {
		for b := range p {
			for c := range p {
				rates[a][b] += t[a][c] * complex(eta[c], 0) * conjugate(t[b][c])
				means[a][b] += h[a][c] * complex(eta[c], 0) * conjugate(h[b][c])
			}
			means[a][b] += h[a][b]*complex(both[b], 0) + complex(both[a], 0)*conjugate(h[b][a])
		}
		means[a][a] += complex(zeta[a], 0)
	}
	if shared := s.sharedNoise(); shared != nil {
		addShared(rates, multiply(entering, y), shared)
		addShared(means, multiply(leak, y), shared)
	}
	makeHermitian(means)
	makeHermitian(rates)
	return means, rates, true
}

// makeHermitian takes out rounding: what stands below the diagonal is the conjugate of what stands
// above, and the diagonal is real.
func makeHermitian(m [][]complex128) {
	for a := range m {
		m[a][a] = complex(real(m[a][a]), 0)
		for b := range a {
			m[a][b] = conjugate(m[b][a])
		}
	}
}

// addShared adds to n S what shared noise gives that enters by a response.
func addShared(to, response [][]complex128, noise [][]float64) {
	for a := range to {
		for b := range to {
			for i := range noise {
				for j := range noise {
					to[a][b] += response[a][i] * complex(noise[i][j], 0) * conjugate(response[b][j])
				}
			}
		}
	}
}

// sampled are the spectra of the sampled rates, of the sampled potentials and of both.
func (s *State) sampled(omega float64) (eta, zeta, both []float64) {
	for a, population := range s.Network.Populations {
		modes, rate := s.modes[a], 1/population.Tau
		line := func(decay float64) float64 { return 2 * decay / (omega*omega + decay*decay) / population.Size }
		sum := modes.tail * line(modes.decay*rate)
		for k, c := range modes.coefficients {
			if square := c*c + modes.residual[k]; square > 0 {
				sum += square * line(float64(k+1)*rate)
			}
		}
		eta = append(eta, sum)
		zeta = append(zeta, s.Variance[a]*line(rate))
		both = append(both, modes.coefficients[0]*math.Sqrt(s.Variance[a])*line(rate))
	}
	return eta, zeta, both
}
