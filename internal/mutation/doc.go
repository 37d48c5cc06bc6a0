// Package mutation breaks the engine and the theory on purpose, and asks the chapters of the book
// which of their verdicts notice. A verdict that no Mutation makes fail says little; a Mutation
// that no verdict notices shows what the book leaves untested.
//
// A Mutation is a few replacements of source text. Nothing of the project is touched: a program
// is made of the declarations of a chapter's cells and the body of its last one, which finds the
// verdicts, and compiled with the broken files in the place of the sound ones (go build
// -overlay). It keeps its verdicts in a temporary folder, and its replicas in a copy of the
// store, which is removed at the end: those of broken simulators have keys of their own, since
// the key has a hash of the code.
//
// Mutations of simulators void all replicas, and their chapters take the numbers of a quick run;
// all others take those of a full one, out of the store. The table compares each verdict with
// what it is without a mutation, in the same kind of run.
package mutation
