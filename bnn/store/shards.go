//go:build !js

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// shardFolder is the folder beside the file of a store that has its shards.
const shardFolder = "shards"

var shardName = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]*$`)

// Shard is a store of its own in the file shards/NAME.sqlite beside this one. Tasks on
// several machines that share a folder write one each, so that none waits for a lock of
// another; Gather brings together what they found. A name is of ASCII letters, digits, '.',
// '-' and '_', without a '.' at its beginning.
func (s *Store) Shard(name string) (*Store, error) {
	if s == nil || s.path == "" {
		return nil, errNowhere
	}
	if !shardName.MatchString(name) {
		return nil, fmt.Errorf("shard %q of the store: must be named by ASCII letters, digits, '.', '-' and '_'", name)
	}
	return &Store{Report: s.Report, path: filepath.Join(filepath.Dir(s.path), shardFolder, name+".sqlite")}, nil
}

// Shards are the shards that there are, by name.
func (s *Store) Shards() ([]*Store, error) {
	if s == nil || s.path == "" {
		return nil, errNowhere
	}
	entries, err := os.ReadDir(filepath.Join(filepath.Dir(s.path), shardFolder))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("looking for shards of the store: %w", err)
	}
	var shards []*Store
	for _, entry := range entries {
		name, is := strings.CutSuffix(entry.Name(), ".sqlite")
		if is && shardName.MatchString(name) && !entry.IsDir() {
			shard, err := s.Shard(name)
			if err != nil {
				return nil, err
			}
			shards = append(shards, shard)
		}
	}
	return shards, nil
}

// Gather copies the points of all shards into the store and returns how many shards there
// are. They may be written meanwhile: what they get later the next Gather takes. Memory does
// not grow with them, since one is open at a time. The cost is some µs a point, whether it is
// new or not, and some milliseconds a shard.
func (s *Store) Gather(ctx context.Context) (shards int, err error) {
	found, err := s.Shards()
	if err != nil || len(found) == 0 {
		return 0, err
	}
	db, err := s.open(ctx, true)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if db.refusal != nil {
		return 0, fmt.Errorf("gathering the shards of the store: it can only be read: %w; %s", db.refusal, otherFolder)
	}
	for _, shard := range found {
		if err := db.gather(ctx, shard); err != nil {
			return 0, explain(shard.path, "gathering the shards of the store", err)
		}
	}
	return len(found), nil
}

// gather copies the points of one shard. Opening it once as any store brings it to the
// version of this one, and finds out whether it is a store at all.
func (db *database) gather(ctx context.Context, shard *Store) error {
	if err := shard.do(ctx, func(*database) error { return nil }); err != nil {
		return err
	}
	if err := db.patiently(ctx, func() error {
		_, err := db.ExecContext(ctx, "ATTACH DATABASE ? AS shard", shard.path)
		return err
	}); err != nil {
		return err
	}
	err := db.patiently(ctx, func() error { return db.transact(ctx, func(tx *sql.Tx) error { return copyPoints(ctx, tx) }) })
	_, detached := db.ExecContext(context.WithoutCancel(ctx), "DETACH DATABASE shard")
	return errors.Join(err, detached)
}

func copyPoints(ctx context.Context, tx *sql.Tx) error {
	for _, statement := range []string{
		`INSERT OR IGNORE INTO shelves (key, recipe, name, network, version, created, used)
			SELECT key, recipe, name, network, version, created, used FROM shard.shelves WHERE id IN (SELECT DISTINCT shelf FROM shard.points)`,
		`INSERT OR IGNORE INTO points (shelf, point, sum, value)
			SELECT s.id, p.point, p.sum, p.value FROM shard.points p JOIN shard.shelves t ON t.id = p.shelf JOIN main.shelves s ON s.key = t.key`,
	} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
