// Package publish makes a book of the notebooks of a project and its verdicts.
package publish
