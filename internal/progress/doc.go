// Package progress shows on standard error how far long work is: as a bar on a terminal, and
// elsewhere as few lines or none, so that logs stay readable.
package progress
