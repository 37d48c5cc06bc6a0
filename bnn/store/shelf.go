//go:build !js

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"
)

const (
	// commitAfter is how long a finished record waits for others. A commit at least twice
	// a second is promised.
	commitAfter = 200 * time.Millisecond
	// commitBytes is how much waits at most.
	commitBytes = 4 << 20
	// maxNumber bounds the numbers of records, which share 64 bits with that of the shelf.
	maxNumber = 1<<32 - 1
	// maxRecord is what SQLite can hold in a row.
	maxRecord = 1_000_000_000 - 100
)

// A Shelf holds the records of one recipe, numbered from 0, or the points of a measure. It is safe for concurrent use,
// and to be closed: until then the last records written are not in the file.
type Shelf struct {
	store *Store
	db    *database
	key   string
	text  []byte // the recipe, as it is hashed
	about About

	mutex   sync.Mutex // guards what follows
	id      int64      // 0: not in the file, which cannot be written
	waiting map[int][]byte
	points  map[Point][]byte
	bytes   int
	timer   *time.Timer
	failed  bool // the last commit; told if a caller knows
	told    bool
	damaged map[int64]bool // rows that the next commit removes
}

// Shelf opens the records of a recipe and creates the file if it is not there.
func (s *Store) Shelf(ctx context.Context, recipe Recipe, about About) (*Shelf, error) {
	text, key, err := fullRecipe{recipe, thisMachine()}.encode()
	if err != nil {
		return nil, fmt.Errorf("the recipe of a shelf: %w", err)
	}
	db, err := s.open(ctx, true)
	if err != nil {
		return nil, err
	}
	sh := &Shelf{store: s, db: db, key: key, text: text, about: about, waiting: map[int][]byte{}, points: map[Point][]byte{}, damaged: map[int64]bool{}}
	if err := db.patiently(ctx, func() error { return sh.find(ctx) }); err != nil {
		return nil, errors.Join(explain(s.path, "opening the store", err), s.close())
	}
	s.uses(key)
	return sh, nil
}

// Key names the shelf in the store.
func (sh *Shelf) Key() string { return sh.key }

// Writable tells why nothing can be kept, if so.
func (sh *Shelf) Writable() error {
	if sh.db.refusal != nil {
		return fmt.Errorf("the store can only be read, and this result is not in it: %w; %s", sh.db.refusal, otherFolder)
	}
	return nil
}

// find looks the shelf up, makes it if it can, and notes that it was asked for.
func (sh *Shelf) find(ctx context.Context) error {
	var used string
	err := sh.db.QueryRowContext(ctx, "SELECT id, used FROM shelves WHERE key = ?", sh.key).Scan(&sh.id, &used)
	missing := errors.Is(err, sql.ErrNoRows)
	if err != nil && !missing {
		return err
	}
	now := time.Now().UTC()
	last, err := time.Parse(time.RFC3339, used)
	if sh.db.refusal != nil || !missing && err == nil && now.Sub(last).Abs() < time.Hour {
		return nil
	}
	return sh.db.transact(ctx, func(tx *sql.Tx) error {
		if err := sh.place(ctx, tx); err != nil || missing {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE shelves SET used = ? WHERE id = ?", now.Format(time.RFC3339), sh.id)
		return err
	})
}

// place finds the number of the shelf again, which another process may have removed.
func (sh *Shelf) place(ctx context.Context, tx *sql.Tx) error {
	now := time.Now().UTC().Format(time.RFC3339)
	_, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO shelves (key, recipe, name, network, version, created, used) VALUES (?, ?, ?, ?, ?, ?, ?)",
		sh.key, string(sh.text), sh.about.Name, string(sh.about.Network), sh.about.Version, now, now)
	if err != nil {
		return err
	}
	return tx.QueryRowContext(ctx, "SELECT id FROM shelves WHERE key = ?", sh.key).Scan(&sh.id)
}

// Write keeps a record, which must not change any more. It is in the file half a second
// later, or at once after Flush or Close; the error may be that of records before.
// A record that is there already stays.
func (sh *Shelf) Write(number int, record []byte) error {
	if err := checkRecord(number, record); err != nil {
		return err
	}
	return sh.wait(len(record), func() { sh.waiting[number] = record })
}

// wait puts a result of some bytes among those that the next commit writes.
func (sh *Shelf) wait(bytes int, put func()) error {
	if err := sh.Writable(); err != nil {
		return err
	}
	sh.mutex.Lock()
	defer sh.mutex.Unlock()
	put()
	sh.bytes += bytes
	if sh.failed || sh.bytes >= commitBytes {
		err := sh.flush(context.Background())
		sh.told = err != nil
		return err
	}
	if sh.timer == nil {
		sh.timer = time.AfterFunc(commitAfter, func() {
			sh.mutex.Lock()
			defer sh.mutex.Unlock()
			// The next who writes, or who closes the shelf, tries again and is told.
			_ = sh.flush(context.Background())
		})
	}
	return nil
}

// WriteNumbers keeps a record that is a list of numbers.
func (sh *Shelf) WriteNumbers(number int, values []float64) error {
	return sh.Write(number, encodeNumbers(values))
}

func checkRecord(number int, record []byte) error {
	if number < 0 || number > maxNumber {
		return fmt.Errorf("storing record %d: the number must be between 0 and %d", number, maxNumber)
	}
	if len(record) > maxRecord {
		return fmt.Errorf("storing record %d: it has %d bytes and must have at most %d: run without a store", number, len(record), maxRecord)
	}
	return nil
}

// Flush commits what was written.
func (sh *Shelf) Flush(ctx context.Context) error {
	sh.mutex.Lock()
	defer sh.mutex.Unlock()
	return sh.flush(ctx)
}

// Close commits what was written and ends the use of the shelf. It does not repeat an error
// of Write.
func (sh *Shelf) Close() error {
	// Not even a cancelled run loses what it has finished.
	err := sh.Flush(context.Background())
	if sh.told {
		err = nil
	}
	return errors.Join(err, sh.store.close())
}

// flush is Flush with the mutex held. What could not be committed stays for the next time.
func (sh *Shelf) flush(ctx context.Context) error {
	if sh.timer != nil {
		sh.timer.Stop()
		sh.timer = nil
	}
	if len(sh.waiting)+len(sh.points) == 0 {
		return nil
	}
	err := sh.db.patiently(ctx, func() error {
		return sh.db.transact(ctx, func(tx *sql.Tx) error { return sh.commit(ctx, tx) })
	})
	sh.failed = err != nil
	if err != nil {
		return explain(sh.db.path, fmt.Sprintf("storing %d results, while those finished before are kept", len(sh.waiting)+len(sh.points)), err)
	}
	clear(sh.waiting)
	clear(sh.points)
	clear(sh.damaged)
	sh.bytes, sh.told = 0, false
	return nil
}
