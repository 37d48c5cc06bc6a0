// Package noise is the linear noise theory of theory.md §5, §12 and §15 around a stationary state:
// how the fluctuations of order n^{-1/2} of means and rates spread over frequencies (Spectra) and
// over lags (System). Everything is in units in which a covariance is n times that of the network.
//
// It knows no question: which state it is, and what is asked of it, package theory says.
package noise
