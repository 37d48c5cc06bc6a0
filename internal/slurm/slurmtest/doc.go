// Package slurmtest brings up a Slurm of its own on this machine for a test: daemons with all
// their files in a temporary folder, on ports that are free, which end with the test.
package slurmtest
