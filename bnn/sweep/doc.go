// Package sweep computes the same of many networks.
package sweep
