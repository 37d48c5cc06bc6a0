// Package analysistest has what tests of analysis and of its figures share: simulations made
// up of normal replicas with a planted error, and a comparison within a tolerance.
package analysistest
