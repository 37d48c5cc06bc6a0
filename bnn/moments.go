package bnn

import (
	"math"
	"strconv"

	"balanced/bnn/internal/numbers"
)

// Moments are the first moments of each population over time. Simulations, the
// limit and the finite-n equations all give them, so that they can be laid side
// by side. Each table has one row a time and one column a population.
type Moments struct {
	Populations []string
	Times       []float64   // in synaptic time constants, increasing
	Mean        [][]float64 // m_a, mean of the potentials
	Variance    [][]float64 // K_a, their variance
	Third       [][]float64 // C_a, their third cumulant; 0 in the Gaussian limit
	Rate        [][]float64 // spikes per synaptic time constant and neuron
}

// NewMoments makes room for all times, in one block of memory a table.
func NewMoments(populations []string, times []float64) Moments {
	table := func() [][]float64 { return numbers.Table(len(times), len(populations)) }
	return Moments{Populations: populations, Times: times,
		Mean: table(), Variance: table(), Third: table(), Rate: table()}
}

// Tables lists the four tables in the order of Quantities, for code that treats them alike.
func (m *Moments) Tables() [4][][]float64 {
	return [4][][]float64{m.Mean, m.Variance, m.Third, m.Rate}
}

// truncate keeps the first rows only.
func (m *Moments) truncate(rows int) {
	m.Times = m.Times[:rows]
	m.Mean, m.Variance = m.Mean[:rows], m.Variance[:rows]
	m.Third, m.Rate = m.Third[:rows], m.Rate[:rows]
}

// A Trajectory is a solution of the limit equations (theory.md §3) or of the
// finite-n equations (theory.md §4).
type Trajectory struct {
	Moments

	// Input is what a population hears once excitation and inhibition have
	// cancelled: (Uψ)_a in the limit, √n(Σ_b B_ab Λ_b + b_a) − J_aaΛ_a/√n at finite n.
	Input [][]float64
	// Stability is the largest real part of the eigenvalues of S = W diag(F′) U;
	// the network stays balanced while it is negative. It is 0 when no population
	// has any weight, since there is nothing to balance.
	Stability []float64
	// Residual is ‖B F + b‖, the distance from the balanced manifold.
	Residual []float64
	// Stats tell what the solution took, rows that were asked for and not reached included.
	Stats Stats
}

// NewTrajectory makes room for all times, as NewMoments does.
func NewTrajectory(populations []string, times []float64) *Trajectory {
	return &Trajectory{
		Moments:   NewMoments(populations, times),
		Input:     numbers.Table(len(times), len(populations)),
		Stability: make([]float64, len(times)),
		Residual:  make([]float64, len(times)),
	}
}

// Truncate keeps the first rows only, those before a solution ended.
func (t *Trajectory) Truncate(rows int) {
	t.Moments.truncate(rows)
	t.Input, t.Stability, t.Residual = t.Input[:rows], t.Stability[:rows], t.Residual[:rows]
}

// Every returns the times 0, step, 2·step, … up to end, and end itself. They are
// rounded to 12 digits, so that 3·0.1 is 0.3. It returns no time when step is not
// positive, end is negative or not finite, or there would be more than 10 million.
func Every(step, end float64) []float64 {
	count := end / step
	if !(step > 0) || !(end >= 0) || !(count <= 1e7) || math.IsInf(end, 0) {
		return nil
	}
	var times []float64
	for i := 0; float64(i) < count*(1-1e-12); i++ {
		t, err := strconv.ParseFloat(strconv.FormatFloat(float64(i)*step, 'g', 12, 64), 64)
		if err != nil {
			return nil
		}
		times = append(times, t)
	}
	return append(times, end)
}

// Must returns value, and panics if err is not nil. It is for notebooks, where a
// failing cell is the report; programs handle the error.
func Must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
