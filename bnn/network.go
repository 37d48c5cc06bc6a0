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
	// Rate is the intensity as a function of the potential: a Logistic, Probit or
	// ConstantRate, by value.
	Rate Rate
	// Stimulus is the input I(t): a ConstantStimulus, Pulse or Sine, by value, or
	// nil for none. Readers use External, which is never nil.
	Stimulus Stimulus
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
}

// Initial is a law of independent Gaussian potentials, one mean and one variance
// ≥ 0 a population.
type Initial struct {
	Mean, Variance []float64
	// OnManifold moves the means onto the balanced manifold first, along the range of
	// the coupling and at the given variances, as theory.Project does; the key in files
	// is project.
	OnManifold bool
}

// PopulationNames lists the names in order, one a population.
func (n *Network) PopulationNames() []string {
	names := make([]string, len(n.Populations))
	for a, population := range n.Populations {
		names[a] = population.Name
	}
	return names
}
