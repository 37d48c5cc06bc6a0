// Package sweep looks at a network at many values of its parameters: the points of a grid or
// of a Latin hypercube, each of them a network of its own, and what is measured at each, as a
// table with a row a point.
//
//	network := bnn.Must(bnn.ReadNetwork("tipping.json"))
//	design := sweep.Grid(network,
//		sweep.Linear("weights[*][1]", -0.9, -0.15, 60),
//		sweep.Linear("populations[1].rate.slope", 0.5, 10, 60))
//	s := &sweep.Sweep{Design: design, Measures: []sweep.Measure{sweep.Regime(3), sweep.Stationary()}, Store: kept}
//	for row, err := range s.Rows(ctx) { … }
//
// # What is looked at where
//
//	Grid, Latin                  the points; axes are made by Linear, Log and Values
//	Sweep                        a table of measures: Regime, Stationary, Limit, Finite, Simulation
//	Read                         a Sweep from a JSON file, the one of bnn sweep
//	Map                          any function of a network, at all points
//	Each                         any function of a point, which knows n, one result after the other
//
// The rows and results come in the order of the points, the last axis fastest, and are the same
// to the last bit for any number of workers, in one process or in shards.
//
// # Columns
//
// A table begins with point, the number of the point from 0, and a column an axis, by its name.
// The columns of a measure begin with its kind, as regime_why does. If one kind stands several
// times, its number among them follows, from 1 in the order of the measures: limit1_mean_E,
// limit2_mean_E. The last of each measure, such as limit_error, tells why a point ended
// numerically, and then its other cells are empty; otherwise it is empty.
//
// # How a sweep ends
//
// All points are made and checked before the first is computed: what is wrong with an axis or a
// measure is a *bnn.InputError whose path is that of the key, such as axes[0].paths[1], and what
// is wrong with the network of one point names the point, too. A point without numbers ends
// nothing. The end of the context is an *InterruptedError, which says what is kept.
//
// # The store
//
// What a measure finds at a point is kept under the fingerprint of the network, its size, the
// measure and its parameters, the seed if it simulates, and the code that computes it. The number
// of the point and the axes are not among these: a sweep that is asked again is read, and one
// with a longer, a finer or another axis computes what is new. Replicas of simulations are kept
// besides, as package simulate does.
//
// A Shard writes a file of its own, store.Store.Shard, so that tasks on many machines of a
// cluster wait for no lock; a sweep that is no shard gathers them first (store.Store.Gather).
//
// # What it costs
//
// For two populations, making a point, looking it up and keeping it takes some 0.1 ms, and
// reading it again some 0.07 ms; keeping the replicas of a simulation 1 ms more. Memory is that
// of some thousand points, whatever their number, besides 4 bytes a point and axis of a Latin
// hypercube.
package sweep
