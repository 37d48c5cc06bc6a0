package bnn

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"balanced/internal/files"
)

// A StoreEntry is what a Store holds of one ensemble: all replicas of one network at
// one size, with one seed, at the same times, and one thing that is kept of them.
type StoreEntry struct {
	Key     string // the name of its folder
	Network string // the name in the network file; empty if the recipe cannot be read
	Method  string
	N       int
	Seed    uint64
	Times   int    // how many output times
	Keeps   string // what is kept of each replica, in words; "" for its moments
	Stale   bool   // computed by other code than this: no run asks for it any more

	Replicas   int   // finished
	Damaged    int   // files set aside
	Unfinished int   // files left by runs that were killed in the middle of writing
	Bytes      int64 // of all files
}

// List returns the entries of the store, by key. A store that does not exist yet is
// empty. It reads the names of all files.
func (s *Store) List() ([]StoreEntry, error) {
	folders, err := os.ReadDir(s.Directory)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("listing the store: %w", err)
	}
	var entries []StoreEntry
	for _, folder := range folders {
		if !folder.IsDir() {
			continue
		}
		entry, err := s.entry(folder.Name())
		if err != nil {
			return nil, fmt.Errorf("listing the store: %w", err)
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

func (s *Store) entry(key string) (StoreEntry, error) {
	entry := StoreEntry{Key: key}
	if text, err := s.Recipe(key); err == nil {
		var kept struct {
			recipe
			About struct {
				Name string `json:"name"`
			} `json:"about"`
		}
		// A recipe that cannot be read leaves the fields empty; the replicas say what
		// they are themselves.
		if json.Unmarshal(text, &kept) == nil {
			entry.Network, entry.Method, entry.N, entry.Seed = kept.About.Name, kept.Method, kept.N, kept.Seed
			entry.Times, entry.Keeps = len(kept.Times), kept.Keeps
			code, err := codeIdentity()
			if err != nil {
				return entry, err
			}
			entry.Stale = kept.Code != code
		}
	}
	found, err := os.ReadDir(filepath.Join(s.Directory, key))
	if err != nil {
		return entry, err
	}
	for _, file := range found {
		switch name := file.Name(); {
		case strings.HasSuffix(name, replicaSuffix):
			entry.Replicas++
		case strings.HasSuffix(name, damagedSuffix):
			entry.Damaged++
		case strings.HasPrefix(name, files.UnfinishedPrefix):
			entry.Unfinished++
		}
		// A file may vanish while it is looked at: another process finished it.
		if info, err := file.Info(); err == nil {
			entry.Bytes += info.Size()
		}
	}
	return entry, nil
}

// Recipe returns what is kept about an entry, as JSON: the network and all that
// determines its replicas.
func (s *Store) Recipe(key string) ([]byte, error) {
	if key == "" || key != filepath.Base(key) {
		return nil, &InputError{Path: "key", Value: quoteShort(key), Allowed: "a key as List gives it"}
	}
	return os.ReadFile(filepath.Join(s.Directory, key, recipeFile))
}

// Verify reads all replicas of the store and returns the paths of those that cannot be
// trusted, each with the reason. Nothing is changed: such a file is set aside when it is
// next asked for.
func (s *Store) Verify() (sound int, damaged []string, err error) {
	entries, err := s.List()
	if err != nil {
		return 0, nil, err
	}
	for _, entry := range entries {
		replicas, err := filepath.Glob(filepath.Join(s.Directory, entry.Key, "*"+replicaSuffix))
		if err != nil {
			return sound, damaged, err
		}
		for _, file := range replicas {
			content, err := os.ReadFile(file)
			if err == nil {
				err = checkReplica(content, entry.Key, filepath.Base(file))
			}
			if err != nil {
				damaged = append(damaged, fmt.Sprintf("%s: %v", file, err))
			} else {
				sound++
			}
		}
	}
	return sound, damaged, nil
}

// Prune removes what is of no use, files that were set aside or left unfinished, and
// whole entries by key. It returns the number of bytes freed. Runs that fill the store
// at the same time may lose a file they are writing, which they report.
func (s *Store) Prune(keys ...string) (freed int64, err error) {
	entries, err := s.List()
	if err != nil {
		return 0, err
	}
	for _, key := range keys {
		if !slices.ContainsFunc(entries, func(e StoreEntry) bool { return e.Key == key }) {
			return freed, &InputError{Path: "key", Value: quoteShort(key), Allowed: "a key of the store"}
		}
	}
	for _, entry := range entries {
		whole := slices.Contains(keys, entry.Key)
		folder := filepath.Join(s.Directory, entry.Key)
		if whole {
			freed += entry.Bytes
			if err := os.RemoveAll(folder); err != nil {
				return freed, fmt.Errorf("pruning the store: %w", err)
			}
			continue
		}
		found, err := os.ReadDir(folder)
		if err != nil {
			return freed, fmt.Errorf("pruning the store: %w", err)
		}
		for _, file := range found {
			if !strings.HasSuffix(file.Name(), damagedSuffix) && !strings.HasPrefix(file.Name(), files.UnfinishedPrefix) {
				continue
			}
			info, err := file.Info()
			if err == nil {
				freed += info.Size()
				err = os.Remove(filepath.Join(folder, file.Name()))
			}
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return freed, fmt.Errorf("pruning the store: %w", err)
			}
		}
	}
	return freed, nil
}
