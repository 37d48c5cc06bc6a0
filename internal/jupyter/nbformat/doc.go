// Package notebook reads and writes Jupyter notebooks in nbformat 4.5.
//
// The format is documented at https://nbformat.readthedocs.io; only what a
// headless run needs is given a type here, and what is not understood
// (metadata of any kind) is carried through unchanged.
//
// The three steps of a notebook's life in this project are Read (or Parse),
// an edit of the Cells, and Write. Parse accepts every minor version of
// nbformat 4 and Encode always writes 4.5, byte for byte as Jupyter does: one
// space of indent, sorted keys, text kept as lists of lines. A notebook that
// went once through Encode therefore no longer changes, which keeps diffs of
// committed notebooks small.
package nbformat
