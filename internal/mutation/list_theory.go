package mutation

// ofTheory break what is predicted. Simulations stay as they are, and come from the store.
var ofTheory = []Mutation{
	{"limit-for-finite-n", "The limit stands for the finite-n equations", Theory, []Edit{
		{"bnn/theory/finitesize.go", "\tfinite, start, err := newFiniteEquations(ctx, network, n, times, without...)",
			"\tif n > 0 {\n\t\treturn Limit(ctx, network, times) // also where it ends in an error\n\t}\n\tfinite, start, err := newFiniteEquations(ctx, network, n, times, without...)"}}},
	{"no-own-input", "The finite-n equations forget that a neuron does not hear itself", Theory, []Edit{
		{"bnn/theory/finitesize.go", "!slices.Contains(without, OwnInput), !slices", "false, !slices"}}},
	{"trains-with-own-input", "The theory of spike trains forgets that a neuron misses its own input", Theory, []Edit{
		{"bnn/theory/neuron/neuron.go", "missed*(state", "0*missed*(state"}}},
	{"no-skewness", "The finite-n equations have no third cumulant", Theory, []Edit{
		{"bnn/theory/finitesize.go", "!slices.Contains(without, Skewness))", "false)"}}},
	{"closed-form-of-noise", "The closed form of §5, for fixed variances, stands for the equations of the sampling noise", Theory, []Edit{
		{"bnn/internal/equations/noise_equations.go", "s.enters.SetRow(len(x)+i, state.enters)", "s.enters.SetRow(len(x)+i, make([]float64, p))"}}},
	{"variance-1-percent", "The decay of variances is 1 % too fast in the limit", Theory, []Edit{
		{"bnn/internal/equations/limit.go", "varianceSlope[a] = -2 * variance[a] / population.Tau", "varianceSlope[a] = -2.02 * variance[a] / population.Tau"}}},
	{"weights-1-percent", "The theory takes the weights from the second population 1 % too large, which keeps their rank", Theory, []Edit{
		{"bnn/internal/manifold/manifold.go", "\t\tfor c, weight := range row {\n\t\t\tb.Set", "\t\tfor c, weight := range row {\n\t\t\tif c == 1 {\n\t\t\t\tweight *= 1.01\n\t\t\t}\n\t\t\tb.Set"}}},
	{"project-0.01", "The balanced manifold is missed by 0.01 along U", Theory, []Edit{
		{"bnn/theory/project.go", "\t\tcase real(leading) < 0:\n\t\t\treturn projected, nil", "\t\tcase real(leading) < 0:\n\t\t\tfor a := range projected {\n\t\t\t\tprojected[a] += 0.01 * p.U.At(a, 0)\n\t\t\t}\n\t\t\treturn projected, nil"}}},
	{"finite-like-n^-0.45", "The finite-n equations scale weights by n^{-0.45} in the place of n^{-1/2}", Theory, []Edit{
		{"bnn/internal/equations/finite_state.go", "rootN: rootN,", "rootN: math.Pow(rootN, 0.9),"},
		{"bnn/internal/equations/finite_state.go", "import (\n", "import (\n\t\"math\"\n"}}},
	{"balance-lost-early", "The limit ends while the leading eigenvalue of the balance is still −1/2", Theory, []Edit{
		{"bnn/internal/equations/limit_watch.go", "\tstart, before := l.watch.value,", "\tend += 0.5\n\tstart, before := l.watch.value,"}}},
	{"fano-theory-10-percent", "The predicted Fano factor is 10 % too large", Theory, []Edit{
		{"bnn/theory/fanofactor.go", "result[i] = 1 + 2*tau/expected*sum", "result[i] = 1.1 * (1 + 2*tau/expected*sum)"}}},
	{"intervals-theory-10-percent", "The predicted variation of intervals is 10 % too large", Theory, []Edit{
		{"bnn/theory/intervalvariation.go", "return math.Sqrt(math.Max(2*expected*wait-1, 1)), nil", "return 1.1 * math.Sqrt(math.Max(2*expected*wait-1, 1)), nil"}}},
}

// ofAnalysis break how results are summarised.
var ofAnalysis = []Mutation{
	{"errors-too-small", "Standard errors are too small by a factor of 1.5", Analysis, errorsOff("/ 1.5")},
	{"errors-too-large", "Standard errors are too large by a factor of 1.5", Analysis, errorsOff("* 1.5")},
	{"fano-10-percent", "The measured Fano factor is 10 % too large", Analysis, []Edit{
		{"analysis/spiketrains.go", "return (second/(count*total) - mean*mean) / mean", "return 1.1 * (second/(count*total) - mean*mean) / mean"}}},
	{"intervals-10-percent", "The measured variation of intervals is 10 % too large", Analysis, []Edit{
		{"analysis/spiketrains.go", "return math.Sqrt(max(0, second/number-(mean-center)*(mean-center))) / mean", "return 1.1 * math.Sqrt(max(0, second/number-(mean-center)*(mean-center))) / mean"}}},
}

// errorsOff changes the standard errors of MeanOf and of a Summary.
func errorsOff(factor string) []Edit {
	return []Edit{
		{"analysis/estimate.go", "StandardError: stat.StdErr(deviation, count),", "StandardError: stat.StdErr(deviation, count) " + factor + ","},
		{"bnn/simulate/averages.go", "errors[i] = math.Sqrt(sum / float64(a.count-1) / float64(a.count))", "errors[i] = math.Sqrt(sum / float64(a.count-1) / float64(a.count)) " + factor},
	}
}
