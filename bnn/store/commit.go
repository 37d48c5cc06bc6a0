//go:build !js

package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
)

const (
	// rowRecords and rowBytes bound a row. Many records in one make reading fast; what a
	// damaged row loses was computed in the time between two commits.
	rowRecords = 256
	rowBytes   = 64 << 10
)

// orEmpty is the place of a value that may be empty, which the driver takes for NULL.
const orEmpty = "ifnull(?, x'')"

// A row is records of consecutive numbers and the same length.
type row struct {
	first, count int
	value        []byte
}

// pack makes rows of records, in the order of their numbers.
func pack(records map[int][]byte) []row {
	var rows []row
	for _, number := range slices.Sorted(maps.Keys(records)) {
		record := records[number]
		if k := len(rows) - 1; k >= 0 {
			last := &rows[k]
			if number == last.first+last.count && len(last.value) == last.count*len(record) &&
				last.count < rowRecords && len(last.value)+len(record) <= rowBytes {
				last.value = append(last.value, record...)
				last.count++
				continue
			}
		}
		rows = append(rows, row{number, 1, slices.Clip(record)})
	}
	return rows
}

// idOf is that of a row, see schema.sql.
func (sh *Shelf) idOf(number int) int64 { return sh.id<<32 + int64(number) }

// commit writes what waits, but for records that another process has written meanwhile, and
// drops the checkpoints of what is finished.
func (sh *Shelf) commit(ctx context.Context, tx *sql.Tx) error {
	if err := sh.place(ctx, tx); err != nil {
		return err
	}
	if err := sh.commitPoints(ctx, tx); err != nil || len(sh.waiting) == 0 {
		return err
	}
	for id := range sh.damaged {
		if _, err := tx.ExecContext(ctx, "DELETE FROM records WHERE id = ?", id); err != nil {
			return err
		}
	}
	records := maps.Clone(sh.waiting)
	numbers := slices.Collect(maps.Keys(records))
	if err := sh.dropCovered(ctx, tx, records, slices.Min(numbers), slices.Max(numbers)); err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO records (id, count, sum, value) VALUES (?, ?, ?, "+orEmpty+")")
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, r := range pack(records) {
		if _, err := insert.ExecContext(ctx, sh.idOf(r.first), r.count, checksum(sh.key, r.first, r.count, r.value), r.value); err != nil {
			return err
		}
	}
	for _, number := range numbers {
		if _, err := tx.ExecContext(ctx, "DELETE FROM checkpoints WHERE id = ?", sh.idOf(number)); err != nil {
			return err
		}
	}
	return nil
}

// dropCovered removes the records that are in the file from those that wait.
func (sh *Shelf) dropCovered(ctx context.Context, tx *sql.Tx, records map[int][]byte, from, to int) error {
	rows, err := tx.QueryContext(ctx, "SELECT id, count FROM records WHERE id BETWEEN ? AND ?", sh.idOf(max(0, from-rowRecords+1)), sh.idOf(to))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var count int
		if err := rows.Scan(&id, &count); err != nil {
			return err
		}
		first := int(id - sh.id<<32)
		for number := first; number < first+min(count, rowRecords); number++ {
			delete(records, number)
		}
	}
	return rows.Err()
}
