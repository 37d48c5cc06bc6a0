//go:build !js

package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// A file of somebody else is left as it is, and the error tells what to do.
func TestForeignFiles(t *testing.T) {
	ours := At(t.TempDir())
	fill(t, ours, 3, 0)
	for name, make := range map[string]func(t *testing.T, s *Store){
		"a text":            func(t *testing.T, s *Store) { writeFile(t, s.Path(), strings.Repeat("hello world, ", 1000)) },
		"a short text":      func(t *testing.T, s *Store) { writeFile(t, s.Path(), "hello") },
		"another database":  func(t *testing.T, s *Store) { execute(t, s, "CREATE TABLE records (id INTEGER)") },
		"another program's": func(t *testing.T, s *Store) { execute(t, s, "PRAGMA application_id = 7; CREATE TABLE t (id)") },
		"a later version": func(t *testing.T, s *Store) {
			fill(t, s, 3, 0)
			execute(t, s, "PRAGMA user_version = 3")
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := At(t.TempDir())
			make(t, s)
			before, err := os.ReadFile(s.Path())
			if err != nil {
				t.Fatal(err)
			}
			_, err = s.Shelf(t.Context(), example, About{})
			if err == nil || !strings.Contains(err.Error(), s.Path()) || !strings.Contains(err.Error(), "move it away; or name another folder") {
				t.Errorf("%v, want an error that names the file and what to do", err)
			}
			if _, err := s.List(t.Context()); err == nil {
				t.Error("it was listed")
			}
			if _, err := s.Prune(t.Context(), "key"); err == nil {
				t.Error("it was pruned")
			}
			after, err := os.ReadFile(s.Path())
			if err != nil || !reflect.DeepEqual(before, after) {
				t.Errorf("it was changed, %v", err)
			}
		})
	}
}

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A store that nobody may write to is read, and what it lacks is an error.
func TestReadOnly(t *testing.T) {
	folder := t.TempDir()
	fill(t, At(folder), 3, 0, 1)
	refusal := errors.New("write: read-only file system")
	s := At(folder)
	db, err := connect(t.Context(), s.path, refusal)
	if err != nil {
		t.Fatal(err)
	}
	s.db, s.users = db, 1
	for i, values := range readAll(t, s, 0, 3) {
		if (values != nil) != (i < 2) {
			t.Errorf("record %d is %v", i, values)
		}
	}
	other := example
	other.N++
	for _, recipe := range []Recipe{example, other} {
		shelf := openShelf(t, s, recipe)
		for name, err := range map[string]error{
			"Writable": shelf.Writable(), "Write": shelf.Write(2, nil), "KeepCheckpoint": shelf.KeepCheckpoint(t.Context(), 2, nil),
		} {
			if !errors.Is(err, refusal) || !strings.Contains(err.Error(), "name another folder") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if records, err := shelf.Read(t.Context(), 2, 4); err != nil || records[0] != nil {
			t.Error(records, err)
		}
		if err := shelf.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := s.Prune(t.Context()); !errors.Is(err, refusal) {
		t.Error(err)
	}
	if sound, _, err := s.Verify(t.Context()); sound != 2 || err != nil {
		t.Error(sound, err)
	}
	if err := s.close(); err != nil {
		t.Error(err)
	}
}

// A full disk is told in words once, what was committed before is kept, and with room again
// the same shelf goes on.
func TestFullDisk(t *testing.T) {
	s := At(t.TempDir())
	fill(t, s, 1000, 0, 1)
	shelf := openShelf(t, s, example)
	if _, err := shelf.db.Exec("PRAGMA max_page_count = 40"); err != nil {
		t.Fatal(err)
	}
	full := func(err error) bool {
		return err != nil && strings.Contains(err.Error(), "the disk is full: make room") && strings.Contains(err.Error(), s.Path())
	}
	var err error
	next := 2
	for ; err == nil && next < 3000; next++ {
		err = shelf.WriteNumbers(next, numbers(next, 1000))
	}
	if !full(err) {
		t.Fatalf("%v, want an error of a full disk", err)
	}
	if err := shelf.Flush(t.Context()); !full(err) {
		t.Errorf("%v, want that again", err)
	}
	if records, err := shelf.Read(t.Context(), 0, 2); err != nil || records[0] == nil || records[1] == nil {
		t.Errorf("what was committed is lost: %v", err)
	}
	if _, err := shelf.db.Exec("PRAGMA max_page_count = 1000000"); err != nil {
		t.Fatal(err)
	}
	if err := shelf.Close(); err != nil {
		t.Error(err)
	}
	for i, values := range readAll(t, s, 0, next) {
		if !reflect.DeepEqual(values, numbers(i, 1000)) {
			t.Fatalf("record %d is lost", i)
		}
	}
}

// An error of the timer is that of the next call.
func TestFullDiskBehindTheBack(t *testing.T) {
	s := At(t.TempDir())
	shelf := openShelf(t, s, example)
	if _, err := shelf.db.Exec("PRAGMA max_page_count = 12"); err != nil {
		t.Fatal(err)
	}
	if err := shelf.WriteNumbers(0, numbers(0, 100000)); err != nil {
		t.Fatal(err)
	}
	for failed := false; !failed; {
		shelf.mutex.Lock()
		failed = shelf.failed
		shelf.mutex.Unlock()
	}
	if err := shelf.WriteNumbers(1, nil); err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("%v, want an error of a full disk", err)
	}
	if err := shelf.Close(); err != nil {
		t.Errorf("%v is told twice", err)
	}
}

// No path is a key, and a Store that nobody made writes nowhere.
func TestZeroStore(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, s := range []*Store{nil, {}, At("")} {
		_, shelf := s.Shelf(t.Context(), example, About{})
		_, list := s.List(t.Context())
		_, show := s.Show(t.Context(), "key")
		_, _, verify := s.Verify(t.Context())
		_, prune := s.Prune(t.Context())
		_, old := s.Old()
		for _, err := range []error{shelf, list, show, verify, prune, old} {
			if !errors.Is(err, errNowhere) {
				t.Errorf("%v, want %v", err, errNowhere)
			}
		}
	}
	if names := fileNames(t, "."); len(names) > 0 {
		t.Errorf("it wrote %q", names)
	}
	s := At("store")
	for _, key := range []string{"..", "../x", "", ".", "store", `"; DROP TABLE records`} {
		if _, err := s.Show(t.Context(), key); !isUnknown(err, key) {
			t.Errorf("key %q: %v", key, err)
		}
		if _, err := s.Prune(t.Context(), key); !isUnknown(err, key) {
			t.Errorf("key %q: %v", key, err)
		}
	}
	if names := fileNames(t, "."); len(names) > 0 {
		t.Errorf("asking made %q", names)
	}
}

func isUnknown(err error, key string) bool {
	var unknown *UnknownKeyError
	return errors.As(err, &unknown) && unknown.Key == key
}

// Folders may have any name.
func TestOddFolders(t *testing.T) {
	for _, name := range []string{"a b", "a?mode=ro#x", "100%", "é", "a%20b", "file:x", "x&y=z;"} {
		s := At(filepath.Join(t.TempDir(), name))
		fill(t, s, 3, 0)
		if all := readAll(t, s, 0, 1); all[0] == nil {
			t.Errorf("%q: nothing was kept", name)
		}
		if _, err := os.Stat(s.Path()); err != nil {
			t.Error(err)
		}
	}
}

// One that waits for another process ends when it is told to.
func TestWaitingCanBeCancelled(t *testing.T) {
	folder := t.TempDir()
	fill(t, At(folder), 3, 0)
	first, second := openShelf(t, At(folder), example), openShelf(t, At(folder), example)
	tx, err := first.db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := second.WriteNumbers(1, nil); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	stop := errors.New("stop")
	cancel(stop)
	if err := second.KeepCheckpoint(ctx, 2, nil); err == nil {
		t.Error("it did what another prevents")
	}
	if err := tx.Rollback(); err != nil {
		t.Error(err)
	}
	if err := errors.Join(first.Close(), second.Close()); err != nil {
		t.Error(err)
	}
	if all := readAll(t, At(folder), 0, 2); all[1] == nil {
		t.Error("what waited was lost")
	}
}
