//go:build !js

package store

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// execute changes the file by other means than the package.
func execute(t testing.TB, s *Store, query string, values ...any) {
	t.Helper()
	db, err := sql.Open(driverName, s.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query, values...); err != nil {
		t.Fatal(err)
	}
}

// A row with any damage is reported, not believed, and mended by writing it again.
func TestDamagedRowsAreComputedAgain(t *testing.T) {
	for name, change := range map[string]string{
		"truncated":          "UPDATE records SET value = substr(value, 1, length(value) / 2)",
		"a record less":      "UPDATE records SET value = substr(value, 1, length(value) * 3 / 4)",
		"empty":              "UPDATE records SET value = zeroblob(0)",
		"longer":             "UPDATE records SET value = CAST(value || x'00' AS BLOB)",
		"a text":             "UPDATE records SET value = 'hello'",
		"a number":           "UPDATE records SET value = 3.5",
		"the checksum":       "UPDATE records SET sum = sum + 1",
		"no checksum":        "UPDATE records SET sum = 'x'",
		"fewer records":      "UPDATE records SET count = 2",
		"more records":       "UPDATE records SET count = 8",
		"no records":         "UPDATE records SET count = 0",
		"many records":       "UPDATE records SET count = 1000000000000",
		"count is a text":    "UPDATE records SET count = 'x'",
		"of other replicas":  "UPDATE records SET id = id + 1",
		"of another shelf":   "UPDATE records SET id = id + (1 << 32); UPDATE shelves SET id = id + 1",
		"of another network": "UPDATE shelves SET id = id + 1 WHERE id = 1; UPDATE records SET id = id + (1 << 32), sum = sum - 1",
	} {
		t.Run(name, func(t *testing.T) {
			var reports []string
			s := At(t.TempDir())
			s.Report = func(message string) { reports = append(reports, message) }
			fill(t, s, 10, 0, 1, 2, 3)
			execute(t, s, change)
			if name == "of another shelf" {
				// Moved with its shelf it is sound.
				if all := readAll(t, s, 0, 4); all[3] == nil || len(reports) > 0 {
					t.Errorf("%v, reports %q", all, reports)
				}
				return
			}
			for _, values := range readAll(t, s, 0, 4) {
				if values != nil {
					t.Errorf("a damaged row was believed: %v", values)
				}
			}
			if len(reports) != 1 || !strings.Contains(reports[0], "result") || !strings.Contains(reports[0], "damaged") {
				t.Errorf("reports %q", reports)
			}
			if _, damaged, err := s.Verify(t.Context()); len(damaged) != 1 || err != nil {
				t.Errorf("verify finds %q, %v", damaged, err)
			}
			// As a run does: read, and write what is missing.
			shelf := openShelf(t, s, example)
			if _, err := shelf.ReadNumbers(t.Context(), 0, 4); err != nil {
				t.Fatal(err)
			}
			for i := range 4 {
				if err := shelf.WriteNumbers(i, numbers(i, 10)); err != nil {
					t.Fatal(err)
				}
			}
			if err := shelf.Close(); err != nil {
				t.Fatal(err)
			}
			reports = nil
			for i, values := range readAll(t, s, 0, 4) {
				if !reflect.DeepEqual(values, numbers(i, 10)) {
					t.Errorf("record %d is %v after it was written again", i, values)
				}
			}
			if sound, damaged, err := s.Verify(t.Context()); sound != 4 || len(damaged) > 0 || len(reports) > 0 || err != nil {
				t.Errorf("%d sound, damaged %q, reports %q, %v", sound, damaged, reports, err)
			}
		})
	}
}

// No damaged byte of a row leaves the checksum as it was, nor does a byte less.
func TestChecksumSeesEveryByte(t *testing.T) {
	value := encodeNumbers(numbers(3, 40))
	sum := checksum("key", 2, 4, value)
	if err := checkRow("key", 2, 4, sum, value); err != nil {
		t.Fatal(err)
	}
	for i := range value {
		for bit := range 8 {
			value[i] ^= 1 << bit
			if checkRow("key", 2, 4, sum, value) == nil {
				t.Errorf("bit %d of byte %d does not matter", bit, i)
			}
			value[i] ^= 1 << bit
		}
		if checkRow("key", 2, 1, sum, value[:i]) == nil {
			t.Errorf("%d bytes of %d are enough", i, len(value))
		}
	}
	for name, other := range map[string]int64{"key": checksum("kez", 2, 4, value), "first": checksum("key", 3, 4, value), "count": checksum("key", 2, 2, value)} {
		if other == sum {
			t.Errorf("the %s does not matter", name)
		}
	}
}

// Whatever byte of the file is damaged: what is read is right, or missing, or an error that
// tells what to do.
func TestDamagedFile(t *testing.T) {
	folder := t.TempDir()
	s := At(folder)
	fill(t, s, 50, upTo(60)...)
	fill(t, s, 50, 70, 71)
	content, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		at := random.IntN(len(content))
		damaged := append([]byte(nil), content...)
		damaged[at] ^= byte(1 + random.IntN(255))
		other := At(filepath.Join(folder, "other"))
		os.RemoveAll(filepath.Dir(other.Path()))
		if err := os.MkdirAll(filepath.Dir(other.Path()), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(other.Path(), damaged, 0o644); err != nil {
			t.Fatal(err)
		}
		shelf, err := other.Shelf(context.Background(), example, About{})
		if err != nil {
			if !strings.Contains(err.Error(), "folder") && !strings.Contains(err.Error(), "move it away") {
				t.Errorf("byte %d: %v", at, err)
			}
			continue
		}
		all, err := shelf.ReadNumbers(context.Background(), 0, 72)
		if err == nil && len(all) != 72 || err != nil && !strings.Contains(err.Error(), "move it away") {
			t.Errorf("byte %d: %d records, %v", at, len(all), err)
		}
		for i, values := range all {
			if values == nil {
				continue
			}
			if !reflect.DeepEqual(values, numbers(i, 50)) {
				t.Errorf("byte %d: record %d is %v", at, i, values)
			}
		}
		// The error is that of a damaged file.
		_ = shelf.Close()
	}
}

func TestReject(t *testing.T) {
	var mutex sync.Mutex
	var reports []string
	s := At(t.TempDir())
	s.Report = func(message string) {
		mutex.Lock()
		defer mutex.Unlock()
		reports = append(reports, message)
	}
	fill(t, s, 3, 0, 1, 2)
	shelf := openShelf(t, s, example)
	for range 2 {
		if err := shelf.Reject(t.Context(), 1, fmt.Errorf("it is not the right one")); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 3 {
		if err := shelf.WriteNumbers(i, numbers(i, 4)); err != nil {
			t.Fatal(err)
		}
	}
	if err := shelf.Close(); err != nil {
		t.Fatal(err)
	}
	if all := readAll(t, s, 0, 3); len(all[1]) != 4 || len(reports) != 1 || !strings.Contains(reports[0], "not the right one") {
		t.Errorf("%v, reports %q", all, reports)
	}
}
