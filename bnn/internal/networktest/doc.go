// Package networktest has what tests of several rooms share: networks whose answers are
// known, the solutions in data/references, and distances to hold results against them.
package networktest
