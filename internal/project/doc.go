// Package project says what the project is to those who run its notebooks: the names of
// its chapters, which are the notebooks that begin with two digits; the folders out and
// out/quick, in which each leaves what it found; the variables that tell a cell what kind
// of run it is in; and the files of verdicts. Package show, on the side of a cell, and the
// command, on that of a run, both ask it.
//
// Open finds out what running some notebooks means: which chapters they are, and which
// make the book. Lock keeps a second program out. Before chapters are run, Forget removes
// what they left the last time. Of what they leave now Collect makes
//
//   - data/results/verdicts.csv, a table of all verdicts, also those that fail;
//   - the table in data/results/README.md, between the two lines that mark its place;
//   - the figures that README.md shows.
//
// Write puts them into the project, and Check compares them with what is there. They
// depend on the notebooks alone: running again gives the same bytes.
//
// Every cell that shows something compiles this package. Therefore what only the command
// needs, and what is large, has packages of its own: publish writes the book, starter new
// notebooks.
package project
