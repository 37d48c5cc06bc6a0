//go:build !js

package store

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"balanced/internal/files"

	"modernc.org/sqlite"
	sqlitecode "modernc.org/sqlite/lib"
)

//go:embed schema.sql
var schema string

//go:embed schema_points.sql
var schemaPoints string

const (
	// applicationID says in the header of the file whose it is: "bnn" and a zero.
	applicationID = 0x626e6e00
	// formatVersion is that of the tables. Files of version 1, which had no points, are brought
	// to it; others are not touched.
	formatVersion = 2
	// pageSize wastes 1 % with rows of 64 KiB and a sixth with single records of 800 bytes.
	pageSize = 8192
	// patience is how long a use waits for another process that holds the file.
	patience = time.Minute
)

// A database is the open file.
type database struct {
	*sql.DB
	path    string
	created bool  // by this open
	refusal error // why nothing can be written; nil if it can
}

// openDatabase opens the file, which create makes if it is not there. The one connection
// is shared: what is done at once is short, and the file has one writer anyway.
//
// The file is never opened by other means than SQLite: closing it would take away the
// locks that this process holds on it.
func openDatabase(ctx context.Context, path string, create bool) (*database, error) {
	folder := filepath.Dir(path)
	_, err := os.Stat(path)
	missing := errors.Is(err, fs.ErrNotExist)
	switch {
	case missing && !create:
		return nil, nil
	case missing:
		err = os.MkdirAll(folder, 0o777)
	}
	if err != nil {
		return nil, fmt.Errorf("opening the store: %w; %s", err, otherFolder)
	}
	refusal := files.CanReplace(path)
	if refusal != nil && missing {
		return nil, fmt.Errorf("opening the store: %w; %s", refusal, otherFolder)
	}
	db, err := connect(ctx, path, refusal)
	if err != nil {
		return nil, err
	}
	db.created = missing
	return db, nil
}

// connect opens a file, for reading alone if there is a refusal to write.
func connect(ctx context.Context, path string, refusal error) (*database, error) {
	db := &database{path: path, refusal: refusal}
	options := url.Values{"_pragma": {"busy_timeout(250)"}, "_txlock": {"immediate"}}
	if refusal != nil {
		// Nobody writes here, and SQLite cannot leave its helpers beside the file.
		options.Set("mode", "ro")
		options.Set("immutable", "1")
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	address := filepath.ToSlash(absolute)
	if !strings.HasPrefix(address, "/") {
		address = "/" + address // a letter of a drive
	}
	address = (&url.URL{Scheme: "file", Path: address, RawQuery: options.Encode()}).String()
	if db.DB, err = sql.Open(driverName, address); err != nil {
		return nil, explain(path, "opening the store", err)
	}
	db.SetMaxOpenConns(1)
	if err := db.prepare(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// prepare finds out whose file it is, makes the tables of a new one, and chooses how
// changes are kept safe.
func (db *database) prepare(ctx context.Context) error {
	err := db.patiently(ctx, func() error {
		version, err := db.examine(ctx, db)
		switch {
		case err != nil || version == formatVersion:
			return err
		case db.refusal == nil:
			return db.initialise(ctx)
		case version == 0:
			return fmt.Errorf("%s is empty, and cannot be written: %w; %s", db.path, db.refusal, otherFolder)
		}
		// There are none, and there will be none.
		_, err = db.ExecContext(ctx, "CREATE TEMP TABLE points (shelf, point, sum, value)")
		return err
	})
	if err == nil && db.refusal == nil {
		err = db.patiently(ctx, func() error { return db.chooseJournal(ctx) })
	}
	return explain(db.path, "opening the store", err)
}

// A querier is a database or a transaction.
type querier interface {
	QueryRowContext(ctx context.Context, query string, values ...any) *sql.Row
}

// examine tells the version of the tables, 0 if there are none yet, or why the file is not
// ours.
func (db *database) examine(ctx context.Context, q querier) (version int, err error) {
	var application, tables int
	// At one moment, of a file that another process may be making.
	const query = `SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version),
		(SELECT count(*) FROM sqlite_schema)`
	if err := q.QueryRowContext(ctx, query).Scan(&application, &version, &tables); err != nil {
		return 0, err
	}
	switch {
	case application == 0 && version == 0 && tables == 0:
		return 0, nil
	case application != applicationID:
		return 0, fmt.Errorf("%s is a database of another program: move it away; or %s", db.path, otherFolder)
	case version < 1 || version > formatVersion:
		return 0, fmt.Errorf("%s has format %d, written by another version of bnn; this one reads format %d: move it away; or %s", db.path, version, formatVersion, otherFolder)
	}
	return version, nil
}

// initialise makes the tables, or brings those of an earlier version to this one.
func (db *database) initialise(ctx context.Context) error {
	for _, pragma := range []string{fmt.Sprintf("PRAGMA page_size = %d", pageSize), "PRAGMA auto_vacuum = INCREMENTAL"} {
		if _, err := db.ExecContext(ctx, pragma); err != nil {
			return err
		}
	}
	return db.transact(ctx, func(tx *sql.Tx) error {
		// Another process may have been here first.
		version, err := db.examine(ctx, tx)
		if err != nil || version == formatVersion {
			return err
		}
		change := schemaPoints
		if version == 0 {
			change = schema + change
		}
		_, err = tx.ExecContext(ctx, fmt.Sprintf("%s; PRAGMA application_id = %d; PRAGMA user_version = %d", change, applicationID, formatVersion))
		return err
	})
}

// chooseJournal takes a write-ahead log, with which readers and a writer do not wait for
// each other, where the file system can share its memory between processes, and else a
// rollback journal. Either way a killed process leaves whole commits.
func (db *database) chooseJournal(ctx context.Context) error {
	var mode string
	choose := func(journal string) error {
		return db.QueryRowContext(ctx, "PRAGMA journal_mode = "+journal).Scan(&mode)
	}
	var err error
	if !onNetwork(filepath.Dir(db.path)) {
		if err = choose("WAL"); isBusy(err) {
			return err
		}
	}
	synchronous := "NORMAL"
	if mode != "wal" {
		synchronous = "FULL"
		if err := choose("DELETE"); err != nil {
			return err
		}
	}
	_, err = db.ExecContext(ctx, "PRAGMA synchronous = "+synchronous)
	return err
}

// transact changes the file by one transaction.
func (db *database) transact(ctx context.Context, change func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := change(tx); err != nil {
		// What SQLite says about the change matters, not whether it could be taken back.
		_ = tx.Rollback()
		return err
	}
	return tx.Commit()
}

// patiently repeats what another process is in the way of.
func (db *database) patiently(ctx context.Context, what func() error) error {
	for begin := time.Now(); ; {
		err := what()
		if !isBusy(err) || time.Since(begin) > patience {
			return err
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// codeOf is the primary result code of SQLite, 0 for other errors.
func codeOf(err error) int {
	var failed *sqlite.Error
	if errors.As(err, &failed) {
		return failed.Code() & 0xff
	}
	return 0
}

func isBusy(err error) bool {
	code := codeOf(err)
	return code == sqlitecode.SQLITE_BUSY || code == sqlitecode.SQLITE_LOCKED
}
