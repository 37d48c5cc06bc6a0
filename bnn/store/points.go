//go:build !js

package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// A Point names a point of a sweep: the first half of a hash of all that tells it from others
// of its shelf.
type Point [16]byte

func (p Point) String() string { return hex.EncodeToString(p[:]) }

// pointsARead is how many points one query looks for.
const pointsARead = 256

// WritePoint keeps what was found at a point as JSON, which must not change any more. It is
// in the file half a second later, or at once after Flush or Close; the error may be that of
// records before. What is there already is replaced.
func (sh *Shelf) WritePoint(point Point, value []byte) error {
	if len(value) > maxRecord {
		return fmt.Errorf("storing point %v: it has %d bytes and must have at most %d: run without a store", point, len(value), maxRecord)
	}
	return sh.wait(len(point)+len(value), func() { sh.points[point] = value })
}

// ReadPoints returns what is kept of each of the points, nil where there is nothing. What is
// damaged is reported, missing, and replaced when it is written again. What was written since
// the last commit may be missing. The cost is a few µs a point; points in the order of their
// bytes are found the fastest.
func (sh *Shelf) ReadPoints(ctx context.Context, points []Point) ([][]byte, error) {
	sh.mutex.Lock()
	id := sh.id
	sh.mutex.Unlock()
	values := make([][]byte, len(points))
	places := make(map[Point][]int, len(points))
	for i, point := range points {
		places[point] = append(places[point], i)
	}
	for from := 0; from < len(points); from += pointsARead {
		err := sh.db.patiently(ctx, func() error {
			return sh.findPoints(ctx, id, points[from:min(from+pointsARead, len(points))], func(point Point, value []byte) {
				for _, i := range places[point] {
					values[i] = value
				}
			})
		})
		if err != nil {
			return nil, explain(sh.db.path, "reading the store", err)
		}
	}
	return values, nil
}

// findPoints shows those of some points that are there and sound.
func (sh *Shelf) findPoints(ctx context.Context, id int64, points []Point, found func(Point, []byte)) error {
	arguments := []any{id}
	for i := range points {
		arguments = append(arguments, points[i][:])
	}
	rows, err := sh.db.QueryContext(ctx, "SELECT point, sum, CAST(value AS BLOB) FROM points WHERE shelf = ? AND point IN (?"+
		strings.Repeat(", ?", len(points)-1)+")", arguments...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name, value []byte
		var sum any
		if err := rows.Scan(&name, &sum, &value); err != nil {
			return err
		}
		if err := checkPoint(sh.key, name, sum, value); err != nil {
			sh.store.report("point %x of %s: damaged, and computed again: %v", name, sh.key, err)
			continue
		}
		found(Point(name), value)
	}
	return rows.Err()
}

// pointKey takes the place of the key of the shelf in the checksum of a point.
func pointKey(key string, point []byte) string { return key + hex.EncodeToString(point) }

// checkPoint tells why a row of points, whose columns may hold anything, cannot be trusted.
func checkPoint(key string, point []byte, sum any, value []byte) error {
	check, isSum := sum.(int64)
	if !isSum || len(point) != len(Point{}) {
		return errors.New("the row does not hold a point")
	}
	return checkRow(pointKey(key, point), 0, 1, check, value)
}

// commitPoints writes the points that wait.
func (sh *Shelf) commitPoints(ctx context.Context, tx *sql.Tx) error {
	insert, err := tx.PrepareContext(ctx, "INSERT OR REPLACE INTO points (shelf, point, sum, value) VALUES (?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer insert.Close()
	for point, value := range sh.points {
		if _, err := insert.ExecContext(ctx, sh.id, point[:], checksum(pointKey(sh.key, point[:]), 0, 1, value), string(value)); err != nil {
			return err
		}
	}
	return nil
}

// verifyPoints reads all points and tells which of them cannot be trusted.
func (db *database) verifyPoints(ctx context.Context) (sound int, damaged []string, err error) {
	rows, err := db.QueryContext(ctx, "SELECT CAST(p.point AS BLOB), p.sum, CAST(p.value AS BLOB), ifnull(s.key, '') FROM points p LEFT JOIN shelves s ON s.id = p.shelf ORDER BY p.shelf, p.point")
	if err != nil {
		return 0, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var point, value sql.RawBytes
		var sum any
		var key string
		if err := rows.Scan(&point, &sum, &value, &key); err != nil {
			return sound, damaged, err
		}
		if err := checkPoint(key, point, sum, value); err != nil {
			damaged = append(damaged, fmt.Sprintf("point %x of %s: %v", []byte(point), key, err))
		} else {
			sound++
		}
	}
	return sound, damaged, rows.Err()
}

// Look opens a shelf for reading alone: nothing is written, not even that it was asked for. It
// is nil if the store has none.
func (s *Store) Look(ctx context.Context, recipe Recipe) (*Shelf, error) {
	text, key, err := fullRecipe{recipe, thisMachine()}.encode()
	if err != nil {
		return nil, fmt.Errorf("the recipe of a shelf: %w", err)
	}
	db, err := s.open(ctx, false)
	if db == nil || err != nil {
		return nil, err
	}
	sh := &Shelf{store: s, db: db, key: key, text: text}
	err = db.patiently(ctx, func() error {
		return db.QueryRowContext(ctx, "SELECT id FROM shelves WHERE key = ?", key).Scan(&sh.id)
	})
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, s.close()
	case err != nil:
		return nil, errors.Join(explain(s.path, "reading the store", err), s.close())
	}
	return sh, nil
}
