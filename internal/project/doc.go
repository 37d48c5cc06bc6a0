// Package results gathers what the chapters of the project found: the notebooks whose
// names begin with two digits. Running one leaves its verdicts and figures in out/NAME
// of the project, where package show keeps them. Collect makes of these
//
//   - data/results/verdicts.csv, a table of all verdicts, also those that fail;
//   - the table in data/results/README.md, between the two lines that mark its place;
//   - the figures that README.md shows.
//
// Write puts them into the project, and Check compares them with what is there. They
// depend on the notebooks alone: running again gives the same bytes. Before a chapter is
// run, Forget removes what it left the last time.
package project
