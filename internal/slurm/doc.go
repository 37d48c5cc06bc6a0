// Package slurm submits work to the batch system of a cluster (https://slurm.schedmd.com): an
// array of tasks that do one part each, and a job that comes after all of them. It runs the
// programs sbatch and knows nothing of networks.
package slurm
