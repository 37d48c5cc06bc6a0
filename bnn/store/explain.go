//go:build !js

package store

import (
	"fmt"

	sqlitecode "modernc.org/sqlite/lib"
)

// otherFolder is what helps when a folder does not.
const otherFolder = "name another folder (bnn: --store DIR, or none; in Go: store.At)"

// explain says in plain words what went wrong with the file and what to do. An error that
// is not one of SQLite is already plain.
func explain(path, doing string, err error) error {
	if err == nil {
		return nil
	}
	var plain string
	switch codeOf(err) {
	case 0:
		return fmt.Errorf("%s: %w", doing, err)
	case sqlitecode.SQLITE_NOTADB:
		plain = "the file is not a SQLite database: move it away; or " + otherFolder
	case sqlitecode.SQLITE_CORRUPT:
		plain = "the file is damaged: move it away, and what it held is computed again; the command .recover of sqlite3 may save the rest of it"
	case sqlitecode.SQLITE_FULL:
		plain = "the disk is full: make room, and the same run goes on where it was; or " + otherFolder
	case sqlitecode.SQLITE_READONLY, sqlitecode.SQLITE_PERM, sqlitecode.SQLITE_CANTOPEN:
		plain = "the file cannot be written: allow it; or " + otherFolder
	case sqlitecode.SQLITE_BUSY, sqlitecode.SQLITE_LOCKED:
		plain = fmt.Sprintf("another process has held the file for %v: end it; or %s", patience, otherFolder)
	case sqlitecode.SQLITE_TOOBIG, sqlitecode.SQLITE_NOMEM:
		plain = "a record is too large for SQLite: run without a store"
	case sqlitecode.SQLITE_IOERR:
		plain = "the file system fails, or its disk is full: look after it, and the same run goes on where it was; or " + otherFolder
	default:
		plain = otherFolder
	}
	return fmt.Errorf("%s: %s: %s (%w)", doing, path, plain, err)
}
