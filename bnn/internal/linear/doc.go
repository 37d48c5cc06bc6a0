// Package linear solves the small dense systems of equations that Newton's methods meet
// at every step: a few unknowns, millions of times. Of large matrices it finds eigenvalues, and
// lets callers wait for what takes long no longer than their context lasts.
package linear
