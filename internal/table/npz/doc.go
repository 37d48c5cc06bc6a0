// Package npz writes the files that numpy.load opens: arrays by name, one after the other, each
// as it comes, so that none has to be in memory. The same arrays give the same bytes.
package npz
