//go:build !js

package store

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestInventory(t *testing.T) {
	s := At(filepath.Join(t.TempDir(), "not", "there", "yet"))
	if entries, err := s.List(t.Context()); err != nil || len(entries) != 0 {
		t.Fatalf("a store that is not there: %v, %v", entries, err)
	}
	if _, err := os.Stat(filepath.Dir(s.Path())); !errors.Is(err, os.ErrNotExist) {
		t.Error("listing made it")
	}
	// Sorted by name, n, method and seed as numbers.
	var recipes []Recipe
	for _, n := range []int{100, 20} {
		for _, method := range []string{"leap/1", "exact/2"} {
			for _, seed := range []uint64{10, 9, 1<<64 - 1} {
				r := example
				r.N, r.Method, r.Seed = n, method, seed
				recipes = append(recipes, r)
			}
		}
	}
	begin := time.Now().UTC().Truncate(time.Second)
	for i, r := range recipes {
		shelf := openShelf(t, s, r)
		for replica := range i {
			if err := shelf.WriteNumbers(2*replica, numbers(i, 5)); err != nil {
				t.Fatal(err)
			}
		}
		if err := shelf.Close(); err != nil {
			t.Fatal(err)
		}
	}
	listed, err := s.List(t.Context(), "code")
	must(t, listed, err)
	var got []string
	for _, e := range listed {
		i := slices.IndexFunc(recipes, func(r Recipe) bool { return r.N == e.N && r.Method == e.Method && r.Seed == e.Seed })
		made, err := time.Parse(time.RFC3339, e.Created)
		if err != nil || made.Before(begin) || time.Since(made) > time.Hour || e.Used != e.Created {
			t.Errorf("created %s, used %s, %v", e.Created, e.Used, err)
		}
		if e.Records != i || e.Bytes != int64(40*i) || e.Name != "abstract" || e.Version != "0.1.0" || len(e.Times) != 2 || e.Checkpoints != 0 || e.Stale {
			t.Errorf("%+v", e)
		}
		got = append(got, strings.TrimSpace(e.Method+" "+string(mustJSON(t, []any{e.N, e.Seed}))))
	}
	want := []string{
		"exact/2 [20,9]", "exact/2 [20,10]", "exact/2 [20,18446744073709551615]", "leap/1 [20,9]", "leap/1 [20,10]", "leap/1 [20,18446744073709551615]",
		"exact/2 [100,9]", "exact/2 [100,10]", "exact/2 [100,18446744073709551615]", "leap/1 [100,9]", "leap/1 [100,10]", "leap/1 [100,18446744073709551615]",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the order is %q", got)
	}
	// For other code all are stale, and for another machine too.
	listed, err = s.List(t.Context(), "other", "codes")
	if must(t, listed, err); !listed[0].Stale || !listed[11].Stale {
		t.Error("what other code made is not stale")
	}
	execute(t, s, `UPDATE shelves SET recipe = replace(recipe, '"go":"go', '"go":"go0')`)
	if listed, err = s.List(t.Context(), "code"); must(t, listed, err) != nil && !listed[3].Stale {
		t.Error("what another version of Go made is not stale")
	}
	text, err := s.Show(t.Context(), listed[2].Key)
	var about struct {
		Recipe Recipe
		About  struct{ Name string }
	}
	if err := errors.Join(err, json.Unmarshal(text, &about)); err != nil || about.Recipe.Seed != 1<<64-1 || about.Recipe.N != 20 || about.About.Name != "abstract" {
		t.Errorf("%s: %v", text, err)
	}
}

func mustJSON(t *testing.T, value any) []byte {
	t.Helper()
	text, err := json.Marshal(value)
	return must(t, text, err)
}

func TestPrune(t *testing.T) {
	s := At(t.TempDir())
	fill(t, s, 1000, upTo(500)...)
	other := example
	other.N++
	shelf := openShelf(t, s, other)
	if err := errors.Join(shelf.WriteNumbers(0, numbers(0, 10)), shelf.KeepCheckpoint(t.Context(), 1, []byte("state")), shelf.Close()); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(s.Path())
	must(t, before, err)
	_, key, err := fullRecipe{example, thisMachine()}.encode()
	must(t, key, err)
	// A run that has the shelf open is not in the way, and makes it again.
	open := openShelf(t, s, example)
	freed, err := s.Prune(t.Context(), key)
	if err != nil || freed < 4_000_000 {
		t.Errorf("%d bytes freed, %v", freed, err)
	}
	if err := errors.Join(open.WriteNumbers(3, numbers(3, 10)), open.Close()); err != nil {
		t.Error(err)
	}
	after, err := os.Stat(s.Path())
	if must(t, after, err); before.Size()-after.Size() < 3_900_000 {
		t.Errorf("the file had %d and has %d bytes", before.Size(), after.Size())
	}
	entries, err := s.List(t.Context())
	if must(t, entries, err); len(entries) != 2 || entries[0].Records != 1 || entries[1].Records != 1 || entries[1].Checkpoints != 1 {
		t.Errorf("%+v", entries)
	}
	if all := readAll(t, s, 0, 4); all[0] != nil || len(all[3]) != 10 {
		t.Errorf("%v", all)
	}
	if freed, err := s.Prune(t.Context(), entries[0].Key, entries[1].Key); err != nil || freed < 0 {
		t.Error(freed, err)
	}
	if entries, err := s.List(t.Context()); err != nil || len(entries) != 0 {
		t.Error(entries, err)
	}
	if sound, damaged, err := s.Verify(t.Context()); sound != 0 || len(damaged) != 0 || err != nil {
		t.Error(sound, damaged, err)
	}
}

func TestCheckpoints(t *testing.T) {
	var reports []string
	s := At(t.TempDir())
	s.Report = func(message string) { reports = append(reports, message) }
	shelf := openShelf(t, s, example)
	state := func(number int) string {
		kept, err := shelf.Checkpoint(t.Context(), number)
		if must(t, kept, err); kept == nil {
			return "none"
		}
		return string(kept)
	}
	keep := func(number int, text string) {
		if err := shelf.KeepCheckpoint(t.Context(), number, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	keep(3, "early")
	keep(3, strings.Repeat("late", 100000))
	keep(4, "")
	keep(5, "other")
	if state(2) != "none" || state(3) != strings.Repeat("late", 100000) || state(4) != "" || state(5) != "other" {
		t.Error("checkpoints are not what was kept")
	}
	if err := shelf.DropCheckpoint(t.Context(), 5); err != nil || state(5) != "none" {
		t.Error("dropped, it is there", err)
	}
	// A finished record has none.
	if err := errors.Join(shelf.WriteNumbers(3, nil), shelf.Flush(t.Context())); err != nil || state(3) != "none" {
		t.Error("finished, it is there", err)
	}
	keep(7, "damaged")
	if err := shelf.Close(); err != nil {
		t.Fatal(err)
	}
	execute(t, s, "UPDATE checkpoints SET value = substr(value, 2) WHERE length(value) > 0")
	if _, damaged, err := s.Verify(t.Context()); len(damaged) != 1 || !strings.Contains(damaged[0], "inside result 7") || err != nil {
		t.Errorf("verify finds %q, %v", damaged, err)
	}
	shelf = openShelf(t, s, example)
	if state(7) != "none" || len(reports) != 1 || !strings.Contains(reports[0], "inside result 7") {
		t.Errorf("a damaged checkpoint: reports %q", reports)
	}
	if err := shelf.Close(); err != nil {
		t.Error(err)
	}
}

// The documented views say what the tables hold.
func TestViews(t *testing.T) {
	s := At(t.TempDir())
	fill(t, s, 4, 0, 1, 2)
	fill(t, s, 4, 300)
	db, err := s.open(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	rows, err := db.Query("SELECT key, number, length, value FROM replicas ORDER BY number")
	must(t, rows, err)
	var got []int
	for rows.Next() {
		var key string
		var number, length int
		var value []byte
		if err := rows.Scan(&key, &number, &length, &value); err != nil {
			t.Fatal(err)
		}
		if want := numbers(number, 4); len(key) != 32 || length != 4 || !slices.Equal(decodeNumbers(value), want) {
			t.Errorf("%s %d %d: %v, want %v", key, number, length, decodeNumbers(value), want)
		}
		got = append(got, number)
	}
	if !slices.Equal(got, []int{0, 1, 2, 300}) {
		t.Errorf("the numbers are %d", got)
	}
	var name, method, seed, times string
	var n, records, bytes int
	err = db.QueryRow("SELECT name, method, n, seed, times, records, bytes FROM ensembles").Scan(&name, &method, &n, &seed, &times, &records, &bytes)
	if err != nil || name != "abstract" || method != "exact/2" || n != 10 || seed != "18446744073709551615" || times != "[0,0.1]" || records != 4 || bytes != 128 {
		t.Error(name, method, n, seed, times, records, bytes, err)
	}
}

// What older versions left is recognised, beside the default and in a folder named, said when
// a new store begins there, and removed without touching anything else.
func TestOldStores(t *testing.T) {
	for _, place := range []string{"", "store"} {
		var reports []string
		home := t.TempDir()
		old := filepath.Join(home, place, strings.Repeat("0a", 16))
		for path, content := range map[string]string{
			filepath.Join(old, "recipe.json"): "{}", filepath.Join(old, "00000000.replica"): "12345", filepath.Join(old, "00000001.replica"): "12345",
			filepath.Join(home, place, strings.Repeat("0b", 16), "mine"): "", filepath.Join(home, place, "recipe.json"): "",
		} {
			if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
				t.Fatal(err)
			}
			writeFile(t, path, content)
		}
		s := At(home)
		s.Report = func(message string) { reports = append(reports, message) }
		fill(t, s, 3, 0)
		fill(t, s, 3, 1)
		if len(reports) != 1 || !strings.Contains(reports[0], "1 ensembles in 3 files of 12 bytes") || !strings.Contains(reports[0], "bnn store prune --old") {
			t.Errorf("reports %q", reports)
		}
		found, err := s.Old()
		if err := errors.Join(err, found.Remove()); err != nil {
			t.Error(err)
		}
		if found, err = s.Old(); found.Ensembles != 0 || err != nil {
			t.Error(found, err)
		}
		if names := fileNames(t, filepath.Join(home, place)); !slices.Contains(names, strings.Repeat("0b", 16)) || !slices.Contains(names, "recipe.json") {
			t.Errorf("left are %q", names)
		}
	}
}
