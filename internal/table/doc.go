// Package table prints what the command computes: rows under columns, as CSV for programs
// that read tables and as JSON for those that read objects.
package table
