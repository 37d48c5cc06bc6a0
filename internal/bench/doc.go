// Package bench measures the simulators of bnn/simulate against each other and against
// programs of other kinds, which it calls peers: C programs, and Python programs with
// NumPy, numba, JAX, Brian2 or NEST, which the environment out/peers has that .ci/peers makes.
//
// Run makes the benchmarks, each of which is one or two tables:
//
//   - exact: the exact method, the plain one, C programs of both and of the algorithms of
//     JumpProcesses.jl, a numba program and a NumPy program that steps
//     through time, on a network that fires and on one that is nearly silent;
//   - variants: the exact method and the leap on the dense network and one thing more (package variants):
//     noise, a spread of thresholds, sources, other rates, up to 64 populations;
//   - sparse: sparse networks by the method Sparse, by the algorithms of JumpProcesses.jl in C, in
//     Brian2 and, as far as it has such neurons, in NEST;
//   - leap: the leap against its own scheme in JAX, NumPy and Brian2, each at the step that gives the same
//     error of the means; the table accuracy holds the errors that were measured for that,
//     once for programs of one scheme;
//   - growth: time against the size n, with fitted exponents;
//   - crossing: the size at which the exact method and the leap take the same time.
//
// # What decides
//
// The speed of a machine drifts, by tens of per cent on shared ones. So whatever is
// compared runs in turn, A B A B …, and what is reported is the median over the rounds of
// the ratio within a round, with the smallest and the largest. Times are reported for
// orientation and decide nothing.
//
// # Peers
//
// A peer is what it needs (a compiler, a Python with certain packages), a way to make it
// ready, and a command that prints one line of JSON at its end, for instance
//
//	{"seconds": 1.25, "work": 40000000, "spikes": 11220000, "means": [[0.1, 0.2]], "variances": [[0.7, 0.7]]}
//
// with its own measure of the seconds (without start and compilation), the work done
// (candidates or neuron-steps), the spikes that arrived (0 if it does not count them) and the
// means and variances of the potentials of the populations at output times, the last three of which may be missing.
// Allocations are counted for methods of package simulate only.
// A peer that is not installed is a row that says absent, and why.
package bench
