// Package files replaces files as a whole and tells how two of them differ: what the
// store, the notebooks and bnn have in common when they write into folders of other
// people, or compare with what is there.
package files
