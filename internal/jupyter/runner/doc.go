// Package runner executes notebooks from the command line, several side by
// side, each in a kernel of its own.
//
// The outputs go into the notebook files, in a form that does not depend on
// chance or on the machine: executing an unchanged notebook again gives the
// same bytes, as long as its own code does. In Check mode the files are left
// alone and compared instead; with an Output folder they are left alone too, and
// the executed notebooks are written there.
//
// A notebook ends at its first cell that fails: an error, a failing shell line
// (which GoNB itself does not report), a cell that takes too long, a dead
// kernel, too much output. Cells tagged raises-exception may fail, as with nbconvert.
//
// A cell that asks the user for input fails, and so does one that reads its standard
// input, which GoNB leaves open, and does nothing else for two seconds. (That is seen
// on Linux alone; elsewhere such a cell waits until its time is over.)
//
// Cells that only declare are executed as one program with the next cell that does something, as GoNB takes most of
// a second for each program. What fails is executed again cell by cell, so that it is shown where
// it is. It makes a difference only where the initial value of a variable writes something: that is shown with the
// cell that does something, and not before. InOne does so with cells that do something, too, as long as that
// gives the outputs that are in the file.
//
// A cell may have 32 MiB of output, and a notebook, with its outputs, 256 MiB.
//
// Notebooks of any kind and place can be run, if they are of GoNB (see Accept): but for
// what stands above, the outputs are those that jupyter nbconvert --execute gives, each
// stream in one piece.
package runner
