//go:build !js

package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

// An OldStore is what versions before 0.2 left, with a folder for each ensemble and a file
// for each replica. Their code is not that of any later version, so that nobody asks for
// the replicas any more.
type OldStore struct {
	Ensembles int
	Files     int
	Bytes     int64

	folders []string
}

func (o OldStore) String() string {
	return fmt.Sprintf("an older version left %d ensembles in %d files of %d bytes, which no run asks for any more: bnn store prune --old", o.Ensembles, o.Files, o.Bytes)
}

var oldKey = regexp.MustCompile(`^[0-9a-f]{32}$`)

// Old finds what older versions left: in the folder of this store, or in the folder named
// store beside it, as was the default.
func (s *Store) Old() (OldStore, error) {
	var old OldStore
	if s == nil || s.path == "" {
		return old, errNowhere
	}
	home := filepath.Dir(s.path)
	for _, folder := range []string{home, filepath.Join(home, "store")} {
		entries, err := os.ReadDir(folder)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return old, fmt.Errorf("looking for an older store: %w", err)
		}
		for _, entry := range entries {
			path := filepath.Join(folder, entry.Name())
			if _, err := os.Stat(filepath.Join(path, "recipe.json")); !entry.IsDir() || !oldKey.MatchString(entry.Name()) || err != nil {
				continue
			}
			old.Ensembles++
			old.folders = append(old.folders, path)
			files, err := os.ReadDir(path)
			if err != nil {
				return old, fmt.Errorf("looking for an older store: %w", err)
			}
			for _, file := range files {
				// A file may vanish while it is looked at.
				if info, err := file.Info(); err == nil {
					old.Files++
					old.Bytes += info.Size()
				}
			}
		}
	}
	return old, nil
}

// Remove removes it.
func (o OldStore) Remove() error {
	for _, folder := range o.folders {
		if err := os.RemoveAll(folder); err != nil {
			return fmt.Errorf("removing an older store: %w", err)
		}
	}
	return nil
}
