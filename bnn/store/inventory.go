//go:build !js

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
)

// An Entry is what a Store holds of one recipe.
type Entry struct {
	Recipe
	Arch, Go, Gonum string // of the machine that made it, see Recipe

	Key           string // names it in the store
	Name          string // of the network
	Version       string // of the program
	Created, Used string // when it was made and last asked for, to the hour; UTC, ISO 8601
	Stale         bool   // other code, or another machine, made it: no run asks for it any more

	Records     int   // finished: replicas, or points
	Checkpoints int   // inside records that are not finished
	Bytes       int64 // of both
}

// List returns the entries of the store, sorted by the name of the network, size, method,
// seed and key; codes are the identities of the code that runs, for which an entry is not
// stale. A store that does not exist yet is empty. It reads the heads of all rows.
func (s *Store) List(ctx context.Context, codes ...string) ([]Entry, error) {
	var entries []Entry
	err := s.do(ctx, func(db *database) error {
		err := db.patiently(ctx, func() (err error) {
			entries, err = db.entries(ctx)
			return err
		})
		return explain(db.path, "listing the store", err)
	})
	for i := range entries {
		e := &entries[i]
		e.Stale = machine{e.Arch, e.Go, e.Gonum} != thisMachine() || !slices.Contains(codes, e.Code)
	}
	return entries, err
}

func (db *database) entries(ctx context.Context) ([]Entry, error) {
	rows, err := db.QueryContext(ctx, `SELECT s.id, s.key, s.recipe, s.name, s.version, s.created, s.used,
			(SELECT ifnull(sum(count), 0) FROM records WHERE id BETWEEN s.id << 32 AND (s.id << 32) + 4294967295) + (SELECT count(*) FROM points WHERE shelf = s.id),
			(SELECT ifnull(sum(length(value)), 0) FROM records WHERE id BETWEEN s.id << 32 AND (s.id << 32) + 4294967295) +
			(SELECT ifnull(sum(length(CAST(value AS BLOB))), 0) FROM points WHERE shelf = s.id),
			(SELECT count(*) FROM checkpoints WHERE id BETWEEN s.id << 32 AND (s.id << 32) + 4294967295),
			(SELECT ifnull(sum(length(value)), 0) FROM checkpoints WHERE id BETWEEN s.id << 32 AND (s.id << 32) + 4294967295)
		FROM shelves s ORDER BY s.name, recipe ->> '$.n', recipe ->> '$.method', length(recipe ->> '$.seed'), recipe ->> '$.seed', s.key`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var entries []Entry
	for rows.Next() {
		var e Entry
		var id, inCheckpoints int64
		var text []byte
		if err := rows.Scan(&id, &e.Key, &text, &e.Name, &e.Version, &e.Created, &e.Used, &e.Records, &e.Bytes, &e.Checkpoints, &inCheckpoints); err != nil {
			return nil, err
		}
		e.Bytes += inCheckpoints
		var recipe fullRecipe
		// A recipe that cannot be read leaves the fields empty, and is stale.
		if json.Unmarshal(text, &recipe) == nil {
			e.Recipe, e.Arch, e.Go, e.Gonum = recipe.Recipe, recipe.Arch, recipe.Go, recipe.Gonum
		}
		entries = append(entries, e)
	}
	return entries, rows.Err()
}

// An UnknownKeyError is the answer to a key that no entry of the store has.
type UnknownKeyError struct{ Key string }

func (e *UnknownKeyError) Error() string {
	return fmt.Sprintf("key %q: must be that of an entry of the store", e.Key)
}

// Show returns what is kept about an entry as JSON: all that determines its records, the
// network, and when and by which version it was made.
func (s *Store) Show(ctx context.Context, key string) ([]byte, error) {
	var about struct {
		Key     string          `json:"key"`
		Recipe  json.RawMessage `json:"recipe"`
		Version string          `json:"version"`
		Created string          `json:"created"`
		Used    string          `json:"used"`
		Network json.RawMessage `json:"about,omitempty"`
	}
	err := s.do(ctx, func(db *database) error {
		err := db.patiently(ctx, func() error {
			return db.QueryRowContext(ctx, "SELECT key, CAST(recipe AS BLOB), version, created, used, CAST(network AS BLOB) FROM shelves WHERE key = ?", key).
				Scan(&about.Key, (*[]byte)(&about.Recipe), &about.Version, &about.Created, &about.Used, (*[]byte)(&about.Network))
		})
		if err == sql.ErrNoRows {
			return nil
		}
		return explain(db.path, "reading the store", err)
	})
	if err != nil {
		return nil, err
	}
	if about.Key == "" {
		return nil, &UnknownKeyError{key}
	}
	text, err := json.MarshalIndent(about, "", "  ")
	return append(text, '\n'), err
}

// Verify reads the whole store and returns how many records and points are sound and, in words, what
// cannot be trusted. Nothing is changed: damaged records are computed again when they are
// next asked for.
func (s *Store) Verify(ctx context.Context) (sound int, damaged []string, err error) {
	err = s.do(ctx, func(db *database) error {
		err := db.patiently(ctx, func() (err error) {
			sound, damaged, err = db.verify(ctx)
			return err
		})
		return explain(db.path, "verifying the store", err)
	})
	return sound, damaged, err
}

func (db *database) verify(ctx context.Context) (sound int, damaged []string, err error) {
	var structure string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&structure); err != nil {
		return 0, nil, err
	}
	if structure != "ok" {
		damaged = append(damaged, "the file: "+structure)
	}
	for _, table := range []struct{ name, records, what string }{
		{"records", "t.count", "%s of %s: %v"}, {"checkpoints", "1", "the checkpoint inside %s of %s: %v"},
	} {
		rows, err := db.QueryContext(ctx, "SELECT t.id, "+table.records+", t.sum, t.value, ifnull(s.key, ''), ifnull(s.id, 0) FROM "+table.name+
			" t LEFT JOIN shelves s ON s.id = t.id >> 32 ORDER BY t.id")
		if err != nil {
			return sound, damaged, err
		}
		defer rows.Close()
		for rows.Next() {
			var id, shelf int64
			var count, sum any
			var value sql.RawBytes
			var key string
			if err := rows.Scan(&id, &count, &sum, &value, &key, &shelf); err != nil {
				return sound, damaged, err
			}
			first := int(id & maxNumber)
			records, ok := count.(int64)
			check, also := sum.(int64)
			if !ok || !also || records < 1 || records > rowRecords {
				damaged = append(damaged, fmt.Sprintf(table.what, span(first, 1), key, fmt.Sprintf("%v are not from 1 to %d records", count, rowRecords)))
			} else if err := checkRow(key, first, int(records), check, value); err != nil {
				damaged = append(damaged, fmt.Sprintf(table.what, span(first, int(records)), key, err))
			} else if table.name == "records" {
				sound += int(records)
			}
		}
		if err := rows.Err(); err != nil {
			return sound, damaged, err
		}
	}
	points, bad, err := db.verifyPoints(ctx)
	return sound + points, append(damaged, bad...), err
}

// Totals sums entries up in words.
func Totals(entries []Entry) string {
	var count, records struct{ replicas, points int }
	bytes := int64(0)
	for _, e := range entries {
		bytes += e.Bytes
		if e.Kind == "point" {
			count.points++
			records.points += e.Records
		} else {
			count.replicas++
			records.replicas += e.Records
		}
	}
	text := fmt.Sprintf("%d ensembles, %d replicas, ", count.replicas, records.replicas)
	if count.points > 0 {
		text += fmt.Sprintf("%d measures of sweeps, %d points, ", count.points, records.points)
	}
	return text + fmt.Sprintf("%d bytes", bytes)
}
