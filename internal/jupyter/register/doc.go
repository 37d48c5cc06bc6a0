// Package jupyter makes the notebook kernel known to Jupyter, and finds out whether it
// works there.
//
// Jupyter looks for kernels in the folder kernels of each of its data folders (see
// https://docs.jupyter.org/en/latest/use/jupyter-directories.html); each has a folder
// there with a file kernel.json, which says how it is started. Install writes such a
// folder, with copies of the pinned programs in it, so that it depends neither on a cache
// nor on the PATH of whoever starts Jupyter. Private writes one that only a Jupyter which
// is told so sees. A folder that something else has written is never touched.
//
// Examine is behind bnn kernel doctor.
package register
