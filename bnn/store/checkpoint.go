//go:build !js

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Checkpoint returns the state that KeepCheckpoint kept of an unfinished record, or nil. One
// that is damaged is reported, and as none.
func (sh *Shelf) Checkpoint(ctx context.Context, number int) ([]byte, error) {
	var sum int64
	var state []byte
	err := sh.db.patiently(ctx, func() error {
		return sh.db.QueryRowContext(ctx, "SELECT sum, value FROM checkpoints WHERE id = ?", sh.placed(number)).Scan(&sum, &state)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, explain(sh.db.path, "reading a checkpoint", err)
	}
	if err := checkRow(sh.key, number, 1, sum, state); err != nil {
		sh.store.report("the checkpoint inside result %d of %s is damaged, and the result computed from its beginning: %v", number, sh.key, err)
		return nil, nil
	}
	return append([]byte{}, state...), nil // not nil, if it is empty
}

// KeepCheckpoint keeps the state of an unfinished record in place of the one before, at once.
// Write removes it.
func (sh *Shelf) KeepCheckpoint(ctx context.Context, number int, state []byte) error {
	if err := checkRecord(number, state); err != nil {
		return err
	}
	if err := sh.Writable(); err != nil {
		return err
	}
	return sh.change(ctx, fmt.Sprintf("keeping a checkpoint inside result %d", number), func(tx *sql.Tx) error {
		if err := sh.place(ctx, tx); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO checkpoints (id, sum, saved, value) VALUES (?, ?, ?, "+orEmpty+")",
			sh.idOf(number), checksum(sh.key, number, 1, state), time.Now().UTC().Format(time.RFC3339), state)
		return err
	})
}

// DropCheckpoint removes what KeepCheckpoint kept.
func (sh *Shelf) DropCheckpoint(ctx context.Context, number int) error {
	if err := sh.Writable(); err != nil {
		return err
	}
	return sh.change(ctx, fmt.Sprintf("removing the checkpoint inside result %d", number), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM checkpoints WHERE id = ?", sh.idOf(number))
		return err
	})
}

// placed is the number of a row, as the shelf is placed now.
func (sh *Shelf) placed(number int) int64 {
	sh.mutex.Lock()
	defer sh.mutex.Unlock()
	return sh.idOf(number)
}

// change is one transaction with the mutex held.
func (sh *Shelf) change(ctx context.Context, doing string, change func(*sql.Tx) error) error {
	sh.mutex.Lock()
	defer sh.mutex.Unlock()
	err := sh.db.patiently(ctx, func() error { return sh.db.transact(ctx, change) })
	return explain(sh.db.path, doing, err)
}
