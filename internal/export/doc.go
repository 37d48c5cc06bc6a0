// Package export is how numbers leave for other programs: tables, and what is recorded of single
// neurons, as CSV, Parquet or NPZ, by the ending of the file's name, with the record of how they
// were made. A file is there once it is whole. What a recording takes of memory does not grow
// with its replicas, but for spike trains as NPZ, the arrays of which begin with their length.
package export
