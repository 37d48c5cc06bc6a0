package show

import "balanced/internal/project"

// Quick tells whether this is a quick run, bnn run --quick: one with smaller numbers
// that shows in a few minutes whether everything works, and confirms less.
func Quick() bool { return project.IsQuick() }

// Pick returns full, or quick in a quick run:
//
//	replicas := show.Pick(1000, 20)
func Pick[T any](full, quick T) T {
	if Quick() {
		return quick
	}
	return full
}
