// Package files replaces files as a whole and tells how two of them differ: what
// everything that bnn writes into the project, or compares with it, has in common.
package files
