// Package parameters runs a notebook with other values of its parameters, by the
// convention of papermill (https://papermill.readthedocs.io): the code cell tagged
// parameters declares them with the values they have by default, and a cell tagged
// injected-parameters, put right after it, declares them with those of one run.
//
// In Go a parameter is a constant or variable that is declared at top level, so that
// later cells know it, and has a literal as its value:
//
//	const (
//		n        = 1000 // neurons in each class
//		duration = 3.0
//	)
//	var method = "exact"
//
// It is of the type that is declared, or that of its literal: bool, string, an integer
// or a float. Whatever else the cell declares is kept as it is.
//
// The injected cell is the whole cell again with other literals in it, unlike that of
// papermill, which has the changed values only: GoNB forgets the rest of a group in
// parentheses of which a later cell declares a part.
package parameters
