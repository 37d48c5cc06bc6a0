// Package equations has the differential equations of theory.md, in a form that solvers take:
// those of the limit between two jumps of the stimuli (Limit, §3), with a watch over the
// eigenvalues of S (§8); those of a network of size n (Finite, §4), with or without each of its
// corrections, and of fourth cumulants on top; and the linear ones of what finitely many neurons
// add to the means of populations (NoiseAlong, §5). Stationary and StationaryLimit are the same
// at rest, with all derivatives, for branches (§9).
//
// It knows no question and no words for what became of a network: a Crossing, ErrFold and what
// solvers return are told by package theory.
package equations
