// Package leap takes the steps of the tau-leaping of package simulate, where the method Leap
// tells the scheme, why it is of second order and what its noise is.
//
// A Grid cuts the time into steps. A Scheme takes them: it freezes the rates, solves the
// implicit equation of the mean input and counts the expected spikes. What it moves is either
// the Neurons of a replica, in blocks that a team of workers shares, or the Moments that stand
// for infinitely many of them when a step is chosen. Rates are tabulated, with their slopes.
// Results do not depend on the number of workers: blocks have streams of their own, and sums
// are taken in their order.
package leap
