//go:build !linux && !js

package store

// onNetwork is known on Linux alone; elsewhere SQLite finds out whether memory can be
// shared.
func onNetwork(string) bool { return false }
