// Package flags is what the commands of the command line have in common: values of flags for
// counts, seeds, numbers and settings of a network, flags that several commands have, and
// errors that say which flag or argument was wrong, its value and what is allowed.
package flags
