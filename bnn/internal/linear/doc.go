// Package linear solves the small dense systems of equations that Newton's methods meet
// at every step: a few unknowns, millions of times.
package linear
