//go:build !js

package store

import (
	"context"
	"database/sql"
	"fmt"
)

// Prune removes entries by key, gives their space back to the file system and returns how
// many bytes the file had and has less. Runs that fill one at the same time make it again.
func (s *Store) Prune(ctx context.Context, keys ...string) (freed int64, err error) {
	found := false
	err = s.do(ctx, func(db *database) error {
		found = true
		if db.refusal != nil {
			return fmt.Errorf("pruning the store: it can only be read: %w", db.refusal)
		}
		freed, err = db.prune(ctx, keys)
		return explain(db.path, "pruning the store", err)
	})
	if err == nil && !found && len(keys) > 0 {
		err = &UnknownKeyError{keys[0]}
	}
	return freed, err
}

func (db *database) prune(ctx context.Context, keys []string) (freed int64, err error) {
	before, err := db.size(ctx)
	if err != nil {
		return 0, err
	}
	// One at a time, so that nobody waits long.
	for _, key := range keys {
		err := db.patiently(ctx, func() error {
			return db.transact(ctx, func(tx *sql.Tx) error { return remove(ctx, tx, key) })
		})
		if err != nil {
			return 0, err
		}
	}
	for free := 1; free > 0; {
		err := db.patiently(ctx, func() error {
			if err := drain(ctx, db, "PRAGMA incremental_vacuum(1000)"); err != nil {
				return err
			}
			return db.QueryRowContext(ctx, "PRAGMA freelist_count").Scan(&free)
		})
		if err != nil {
			return 0, err
		}
	}
	after, err := db.size(ctx)
	return before - after, err
}

func (db *database) size(ctx context.Context) (int64, error) {
	var pages int64
	err := db.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages)
	return pages * pageSize, err
}

// drain runs a query whose work is done row by row.
func drain(ctx context.Context, db *database, query string) error {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}

func remove(ctx context.Context, tx *sql.Tx, key string) error {
	var id int64
	if err := tx.QueryRowContext(ctx, "SELECT id FROM shelves WHERE key = ?", key).Scan(&id); err == sql.ErrNoRows {
		return &UnknownKeyError{key}
	} else if err != nil {
		return err
	}
	for _, table := range []string{"records", "checkpoints"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE id BETWEEN ? AND ?", id<<32, id<<32+maxNumber); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM points WHERE shelf = ?", id); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM shelves WHERE id = ?", id)
	return err
}
