package show

import "balanced/internal/project"

// Quick tells whether this is a quick run, bnn run --quick: one with smaller numbers
// that shows in a few minutes whether everything works, and confirms less.
func Quick() bool { return project.Current().Quick }

// Pick returns full, or quick in a quick run:
//
//	replicas := show.Pick(1000, 20)
func Pick[T any](full, quick T) T {
	if Quick() {
		return quick
	}
	return full
}

// Seed returns the seed that is given, or another one, the same for the same, in a run with other
// random numbers, bnn run --seed: every simulation of a chapter has its seed from here, so that a
// reader can see whether the verdicts hold by chance.
func Seed(seed uint64) uint64 { return seed + 1_000_003*project.Current().Seed }
