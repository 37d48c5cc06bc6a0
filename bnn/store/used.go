//go:build !js

package store

import (
	"maps"
	"slices"
)

// Used lists the keys of the shelves that were opened in this store since At or Default made
// it, in alphabetical order: where a result is that was made with it.
func (s *Store) Used() []string {
	if s == nil {
		return nil
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Sorted(maps.Keys(s.used))
}

func (s *Store) uses(key string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.used == nil {
		s.used = map[string]bool{}
	}
	s.used[key] = true
}
