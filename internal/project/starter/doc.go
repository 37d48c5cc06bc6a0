// Package starter makes the notebook to begin one's own with, and finds its place in the
// project.
package starter
