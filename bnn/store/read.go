//go:build !js

package store

import (
	"context"
	"fmt"
)

// One read returns about so much, so that memory does not grow with the store.
const (
	readBytes   = 1 << 20
	readRecords = 4096
)

// Read returns the records of the numbers from, from+1, …, to−1, nil where there is none,
// or only the first of them, at least one: about 1 MiB and at most 4096. A row that is
// damaged is reported; its records are missing, and replaced when they are written again.
// What was written since the last commit may be missing. The cost is about 1 µs and an
// eighth a KiB.
func (sh *Shelf) Read(ctx context.Context, from, to int) ([][]byte, error) {
	return readRows(ctx, sh, from, to, func(value []byte, count int) ([][]byte, error) {
		return cut(append([]byte{}, value...), count), nil
	})
}

// ReadNumbers is Read for records that are lists of numbers.
func (sh *Shelf) ReadNumbers(ctx context.Context, from, to int) ([][]float64, error) {
	return readRows(ctx, sh, from, to, func(value []byte, count int) ([][]float64, error) {
		if len(value)/count%8 != 0 {
			return nil, fmt.Errorf("%d bytes are no list of 64-bit numbers", len(value)/count)
		}
		records := make([][]float64, count)
		for i, record := range cut(value, count) {
			records[i] = decodeNumbers(record)
		}
		return records, nil
	})
}

// cut divides the content of a row among its records.
func cut[T any](content []T, count int) [][]T {
	size := len(content) / count
	records := make([][]T, count)
	for i := range records {
		records[i] = content[i*size : (i+1)*size : (i+1)*size]
	}
	return records
}

// readRows reads rows, each of which divide makes records of.
func readRows[T any](ctx context.Context, sh *Shelf, from, to int, divide func(value []byte, count int) ([][]T, error)) ([][]T, error) {
	if from < 0 || to <= from {
		return nil, fmt.Errorf("reading records %d to %d: must be numbers ≥ 0 in their order", from, to-1)
	}
	to = min(to, from+readRecords)
	var records [][]T
	err := sh.db.patiently(ctx, func() error {
		records = make([][]T, 0, to-from)
		return sh.eachRow(ctx, from, to, func(first, count int, value []byte) (goOn bool, err error) {
			parts, err := divide(value, count)
			if err != nil {
				return true, err
			}
			for i := max(0, from+len(records)-first); i < count && first+i < to; i++ {
				for len(records) < first+i-from {
					records = append(records, nil)
				}
				records = append(records, parts[i])
			}
			return len(records)*len(value)/count < readBytes, nil
		}, func() {
			for len(records) < to-from {
				records = append(records, nil)
			}
		})
	})
	return records, explain(sh.db.path, "reading the store", err)
}

// eachRow visits the sound rows that have records of the given numbers, in their order,
// until one does not want more, or else calls end. An error of visit is damage too. The
// value is valid until visit returns.
func (sh *Shelf) eachRow(ctx context.Context, from, to int, visit func(first, count int, value []byte) (goOn bool, err error), end func()) error {
	sh.mutex.Lock()
	base := sh.id << 32
	sh.mutex.Unlock()
	number, forget := addVisitor(func(id int64, count, sum, value any) bool {
		first := int(id - base)
		records, content, err := sh.sound(first, count, sum, value)
		goOn := true
		if err == nil {
			goOn, err = visit(first, records, content)
		}
		if err != nil {
			sh.reject(id, first, records, err)
		}
		return goOn
	})
	defer forget()
	// The first row may begin before the first record.
	const query = `SELECT visit(?4, id, count, sum, value) FROM records WHERE id BETWEEN
		ifnull((SELECT id FROM records WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT 1), ?2) AND ?3 ORDER BY id`
	rows, err := sh.db.QueryContext(ctx, query, base+int64(max(0, from-rowRecords+1)), base+int64(from), base+int64(to-1), number)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var goOn bool
		if err := rows.Scan(&goOn); err != nil {
			return err
		}
		if !goOn {
			return rows.Close()
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	end()
	return nil
}

// sound tells why a row, whose columns may hold anything, cannot be trusted.
func (sh *Shelf) sound(first int, count, sum, value any) (records int, content []byte, err error) {
	many, isNumber := count.(int64)
	check, isSum := sum.(int64)
	content, isBytes := value.([]byte)
	if !isNumber || !isSum || !isBytes || many < 1 || many > rowRecords {
		return 1, nil, fmt.Errorf("the row does not hold from 1 to %d records", rowRecords)
	}
	return int(many), content, checkRow(sh.key, first, int(many), check, content)
}

// reject reports a row that cannot be trusted, once, and has the next commit remove it.
func (sh *Shelf) reject(id int64, first, count int, reason error) {
	sh.mutex.Lock()
	known := sh.damaged[id]
	sh.damaged[id] = true
	sh.mutex.Unlock()
	if !known {
		sh.store.report("%s of %s: damaged, and computed again: %v", span(first, count), sh.key, reason)
	}
}

// Reject has a record that was read removed by the next commit, for a reason that the store
// cannot know, and with it those that share its row.
func (sh *Shelf) Reject(ctx context.Context, number int, reason error) error {
	sh.mutex.Lock()
	base := sh.id << 32
	sh.mutex.Unlock()
	var id int64
	err := sh.db.patiently(ctx, func() error {
		return sh.db.QueryRowContext(ctx, "SELECT ifnull(max(id), -1) FROM records WHERE id BETWEEN ? AND ?",
			base+int64(max(0, number-rowRecords+1)), base+int64(number)).Scan(&id)
	})
	if err != nil {
		return explain(sh.db.path, "reading the store", err)
	}
	if id >= 0 {
		sh.reject(id, number, 1, reason)
	}
	return nil
}

// span names records.
func span(first, count int) string {
	if count == 1 {
		return fmt.Sprintf("result %d", first)
	}
	return fmt.Sprintf("results %d to %d", first, first+count-1)
}
