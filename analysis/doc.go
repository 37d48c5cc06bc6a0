// Package analysis turns results of package bnn into tables, figures and verdicts.
// It computes and draws, and neither prints nor writes files.
//
// Tables are gota data frames. Moments lays a simulation, the limit and the finite-n
// equations side by side, one row a time, population and quantity; WriteCSV and
// ReadCSV keep a frame without losing a bit, and HTML shows it to a reader.
//
// Figures are drawn by package figure, with gonum/plot. figure.Moments, Histogram and Traces draw
// results; figure.New draws anything else, from Panels of Lines, Points,
// Bands, Maps, Rasters and Slopes on linear or logarithmic axes, and QuantilePanel makes
// a Panel that compares a sample with a normal law. The points are simulation, with bars
// of ±2 standard errors, and the lines are theory; the first population is warm and the
// second cool in all of them, in colours that the colour-blind tell apart. A Figure
// brings its caption and a text for those who cannot see it.
//
// A Verdict is a claim that was put to a test it could fail. A Claim declares before the data
// what is predicted, within which margin a difference would not matter and why, and which wrong
// theory is nearest: it holds if the confidence intervals lie inside of the margins and the
// data reject that rival, fails if an interval lies outside, and is undecided otherwise. Near,
// AtMost and AtLeast make its Comparisons of single estimates, Along of averages over replicas
// at all times, Shares of a sample and its law.
//
// An Estimate is a number with its standard error. MeanOf and Bootstrap make them of
// independent replicas, PairedDifference and ControlVariate with less noise; PowerLaw,
// PowerLawNext, Trend, Extrapolate and LeastSquares of values at several sizes, with a χ² that
// tells whether the curve is right; ProbitRegression of outcomes; FanoFactors and
// IntervalVariation of spike trains; WelchSpectrum, WelchCrossSpectrum, Autocovariances and
// CrossCovariances of recorded series. In these, everywhere,
//
//	C_xy(s) = Cov(x(t+s), y(t)),   S_xy(ω) = ∫ C_xy(s) e^{−iωs} ds,
//
// ω angular and S two-sided. Equivalent holds estimates to margins: what it says holds does so
// because much is known, not because little is.
//
// KolmogorovSmirnov and AndersonDarling test a law that is known; KolmogorovSmirnovTwo and
// EnergyDistance tell whether two samples are of one law, of numbers and of points.
// Wasserstein tells how far a sample is from a normal law, KStatistics estimates
// cumulants without bias, and Holm corrects p-values for their number.
//
// The functions here hold no state and give the same bytes for the same results.
package analysis
