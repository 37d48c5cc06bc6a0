// Package stationary looks for the stationary states of the limit equations, of a network at rest
// (theory.md §3), by Newton's method: from points next to each of them where the rates that
// balance lie on a line, and from many points spread over all that a network can have elsewhere.
package stationary
