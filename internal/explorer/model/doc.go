// Package model answers what the page of the explorer asks: questions about a network,
// as JSON text, by answers that are JSON text, too.
//
// It is compiled to WebAssembly and runs in a worker of the page (folder program), but
// nothing in it knows that, so that it is tested like any other package. All numbers come
// from package bnn and cross exactly: a float64 is written with the digits that read back
// as the same number. Where there is no number there is null.
//
// One file holds one question:
//
//   - limit.go: the limit equations, with a verdict in plain words (verdict.go), and the
//     finite-n equations;
//   - manifold.go: where excitation and inhibition cancel, in the plane of the means of
//     two populations (crossing.go finds the points);
//   - states.go: the balanced states in which a network may rest;
//   - spectrum.go: how its rates fluctuate at rest;
//   - regimes.go: what becomes of other networks, for a map;
//   - simulate.go: one simulated network, row by row while it runs;
//   - raster.go: spikes that reach one neuron;
//   - cell.go and file.go: the network as code of a notebook cell and as network file.
//
// [Answer] answers any of them but the simulation, which is a stream: [Simulate]. Both take a
// context; one made by [Considerate] lets a browser be heard meanwhile.
//
// # Problems
//
// An answer has a [Problem] where there is one. It says what was refused, in the words of
// bnn.InputError, or how the equations ended; nothing panics, whatever is asked.
package model
