// Package keep keeps values in the store under what determines them: a name, inputs, the code of
// the function that computes them with all that it calls where it is written, and the code of the
// packages below bnn and analysis. What any of these changes is computed again, and takes the
// place of what was there.
package keep
