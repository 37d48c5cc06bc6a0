package bnn

// A Network is a balanced network of one or more populations, as in theory.md §1.
// Times are in synaptic time constants and rates are per that unit; potentials
// are dimensionless. The number n that sets the size of a finite network is not
// part of it. ReadNetwork reads one from a file; one built in Go code obeys the
// same rules, which Validate checks.
type Network struct {
	// Name and Note are labels: they change nothing in the dynamics. A Name is
	// required.
	Name, Note string
	// Populations holds 1 to MaxPopulations populations.
	Populations []Population
	// Weights[a][b] is the signed weight J_ab from population b to population a
	// (row: target, column: source), one row and one column a population. All
	// weights of one column have one sign (Dale's law); zeros go with either.
	Weights [][]float64
	// Feedforward holds the outside sources; there may be none.
	Feedforward []Source
	// Initial is the law of the potentials at time 0.
	Initial Initial
	// Unit says what the units are in a laboratory. It is a label like Name.
	Unit Unit
}

// MaxPopulations is the largest number of populations of a Network.
const MaxPopulations = 4096

// A Population is a class of neurons with the same parameters.
type Population struct {
	// Name names columns of tables: unique in the network, of ASCII letters,
	// digits, '-' and '_'.
	Name string
	// Tau is the membrane time constant τ > 0.
	Tau float64
	// Size is q > 0: the population has round(q·n) neurons, see Network.Count.
	// It has no default in Go code; a file may leave it out for 1.
	Size float64
	// Noise is D ≥ 0, the amplitude of independent white noise a neuron.
	Noise float64
	// Rate is the intensity as a function of the potential: one of the kinds of network
	// files by value, or a type of the caller's own.
	Rate Rate
	// Spread is the standard deviation ≥ 0 of the threshold from neuron to neuron: neuron j
	// fires at rate λ(v − δ_j), with δ_j normal of this deviation, drawn once a replica and
	// then kept. It is 0 where the rate does not depend on the potential.
	Spread float64
	// Stimulus is the input I(t): one of the kinds of network files by value, a type of the
	// caller's own, or nil for none. Readers use External, which is never nil.
	Stimulus Stimulus
}

// Expectation returns the expectations of the rate of the population over its neurons, whose
// potentials are normal with the given mean and variance: that of Expect at the variance of
// the potentials and thresholds together.
func (p Population) Expectation(mean, variance float64) Expectation {
	return Expect(p.Rate, mean, variance+p.Spread*p.Spread)
}

// External returns the external input I(t) of the population: its Stimulus, or the constant
// 0 where it has none. What neurons of the network and the sources send it is not in it.
func (p Population) External() Stimulus {
	if p.Stimulus == nil {
		return ConstantStimulus{}
	}
	return p.Stimulus
}

// A Source is a group of Poisson neurons outside the network that drive it
// feedforward.
type Source struct {
	// Name is not empty and unique among the sources.
	Name string
	// Size is q > 0: the source has round(q·n) neurons, see Network.SourceCount.
	// It has no default in Go code; a file may leave it out for 1.
	Size float64
	// Rate is the rate ν(t) of each neuron, ≥ 0 at all times; it is required.
	Rate Stimulus
	// Weights[a] is the signed weight J_ax to population a, one a population.
	Weights []float64
	// Shared says that each neuron of the source has one Poisson process, which all neurons
	// of the network hear at once; otherwise it has one for each of them (theory.md §12).
	Shared bool
}

// Initial is a law of independent potentials: Gaussian with one mean and one variance ≥ 0 a
// population, or a mixture of Gaussians.
type Initial struct {
	Mean []float64
	// Variance is left out if there are Components; readers use Variances.
	Variance []float64
	// Components[a] lists the parts of the mixture of population a; nil for Gaussian laws.
	Components [][]Component
	// OnManifold moves the means onto the balanced manifold first, along the range of
	// the coupling and at the given variances, as theory.Project does; the key in files
	// is project.
	OnManifold bool
}

// A Component is a part of a mixture: a share Weight > 0 of the neurons starts with the mean of
// the population plus Offset, and with the variance Variance ≥ 0. The weights of a population
// add up to 1, and its offsets, weighted, to 0, both to 1e-9.
type Component struct{ Weight, Offset, Variance float64 }

// Variances returns the variance of the start of each population, Σ w (K + d²) over its
// components. The list is not to be changed.
func (initial Initial) Variances() []float64 {
	if initial.Components == nil {
		return initial.Variance
	}
	variances := make([]float64, len(initial.Components))
	for a, components := range initial.Components {
		for _, c := range components {
			variances[a] += c.Weight * (c.Variance + c.Offset*c.Offset)
		}
	}
	return variances
}

// Unit is what one synaptic time constant is in milliseconds and one unit of potential in
// millivolts; 0 where it is not said. Figures and tables are labelled by it, and no
// computation depends on it.
type Unit struct{ TimeMS, PotentialMV float64 }

// PopulationNames lists the names in order, one a population.
func (n *Network) PopulationNames() []string {
	names := make([]string, len(n.Populations))
	for a, population := range n.Populations {
		names[a] = population.Name
	}
	return names
}
