//go:build !js

package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// fileName is the file of a store in its folder.
const fileName = "store.sqlite"

// A Store is where finished results are kept: the cache of what is asked again, the
// checkpoint of a run that was killed, and the meeting point of several processes that
// fill it together. It is made by At or Default, holds nothing open between the uses of
// its shelves, and is safe for concurrent use.
type Store struct {
	// Report, if not nil, is told about what is damaged and computed again. It may be
	// called by several goroutines at once.
	Report func(message string)

	path  string
	mutex sync.Mutex // guards what follows
	users int        // how many have db open
	db    *database
	used  map[string]bool // keys of the shelves that were opened
}

// At is the store in a folder, which is created when first needed, and its file
// store.sqlite there.
func At(folder string) *Store {
	if folder == "" {
		return &Store{}
	}
	return &Store{path: filepath.Join(folder, fileName)}
}

// Default is the store in the user's cache directory, or an error if the system does not
// tell where that is.
func Default() (*Store, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, fmt.Errorf("finding a place for the store: %w", err)
	}
	return At(filepath.Join(cache, "balanced")), nil
}

// Path is the file of the store.
func (s *Store) Path() string { return s.path }

func (s *Store) report(format string, values ...any) {
	if s.Report != nil {
		s.Report(fmt.Sprintf(format, values...))
	}
}

// errNowhere is what all methods of a Store say that neither At nor Default made: a file
// in the working directory is what nobody asked for.
var errNowhere = errors.New("the store has no folder: it must be made by store.At with a folder, or by store.Default")

// open opens the file for one use, to be followed by close. Without create a file that is
// not there is a nil database.
func (s *Store) open(ctx context.Context, create bool) (*database, error) {
	if s == nil || s.path == "" {
		return nil, errNowhere
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.db == nil {
		db, err := openDatabase(ctx, s.path, create)
		if db == nil || err != nil {
			return nil, err
		}
		if db.created {
			if old, err := s.Old(); err == nil && old.Ensembles > 0 {
				s.report("%v", old)
			}
		}
		s.db = db
	}
	s.users++
	return s.db, nil
}

// close ends a use. The last one closes the file, so that all of the store is in it.
func (s *Store) close() error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.users--; s.users > 0 {
		return nil
	}
	db := s.db
	s.db = nil
	if err := db.Close(); err != nil {
		return explain(s.path, "closing the store", err)
	}
	return nil
}

// do uses the file once; use is not called if there is none.
func (s *Store) do(ctx context.Context, use func(*database) error) error {
	db, err := s.open(ctx, false)
	if db == nil || err != nil {
		return err
	}
	return errors.Join(use(db), s.close())
}
