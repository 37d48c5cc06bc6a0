//go:build !js

package store

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

var measure = Recipe{Kind: "point", Code: "code", Method: "limit", Network: "abstract", Times: []float64{3}, Keeps: "_mean_E,_error"}

func pointOf(i int) Point { return Point{byte(i), byte(i >> 8), 15: 1} }

// fillPoints writes points of a measure and closes the file.
func fillPoints(t testing.TB, s *Store, recipe Recipe, points ...int) {
	t.Helper()
	shelf := openShelf(t, s, recipe)
	for _, i := range points {
		if err := shelf.WritePoint(pointOf(i), fmt.Appendf(nil, "[%d,null]", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := shelf.Close(); err != nil {
		t.Fatal(err)
	}
}

// pointsIn lists those of the first points that are there.
func pointsIn(t testing.TB, s *Store, recipe Recipe, first int) (found []int) {
	t.Helper()
	shelf := openShelf(t, s, recipe)
	points := []Point{pointOf(0)} // one twice
	for i := range first {
		points = append(points, pointOf(i))
	}
	values, err := shelf.ReadPoints(t.Context(), points)
	if err != nil || !reflect.DeepEqual(values[0], values[1]) {
		t.Fatalf("%v, %s", err, values[:2])
	}
	for i, value := range values[1:] {
		if value == nil {
			continue
		}
		if string(value) != fmt.Sprintf("[%d,null]", i) {
			t.Errorf("point %d holds %s", i, value)
		}
		found = append(found, i)
	}
	if err := shelf.Close(); err != nil {
		t.Fatal(err)
	}
	return found
}

// Points come out as they were put in, are listed with the records, and are removed with
// their shelf.
func TestPoints(t *testing.T) {
	s := At(t.TempDir())
	fill(t, s, 3, 0, 1)
	fillPoints(t, s, measure, upTo(600)...)
	fillPoints(t, s, measure, 599, 700)
	other := measure
	other.Method = "regime"
	fillPoints(t, s, other, 5)
	if got := pointsIn(t, s, measure, 800); !reflect.DeepEqual(got, append(upTo(600), 700)) {
		t.Errorf("%d points: %v", len(got), got)
	}
	if got := pointsIn(t, s, other, 800); !reflect.DeepEqual(got, []int{5}) {
		t.Errorf("points %v of the other measure", got)
	}
	entries, err := s.List(t.Context(), "code")
	if err != nil || len(entries) != 3 {
		t.Fatal(entries, err)
	}
	records := map[string]int{}
	for _, e := range entries {
		records[e.Kind+" "+e.Method] = e.Records
	}
	if want := map[string]int{"replica exact/2": 2, "point limit": 601, "point regime": 1}; !reflect.DeepEqual(records, want) {
		t.Errorf("listed are %v", records)
	}
	if sound, damaged, err := s.Verify(t.Context()); sound != 604 || damaged != nil || err != nil {
		t.Errorf("%d sound, %q, %v", sound, damaged, err)
	}
	for _, e := range entries {
		if e.Method == "limit" {
			if _, err := s.Prune(t.Context(), e.Key); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := pointsIn(t, s, measure, 800); got != nil {
		t.Errorf("after pruning there are %v", got)
	}
	if got := pointsIn(t, s, other, 800); len(got) != 1 {
		t.Errorf("pruning took %v too", got)
	}
}

// A damaged point is told and missing, until it is written again.
func TestDamagedPoint(t *testing.T) {
	for _, damage := range []string{"value = '[8,null]'", "sum = sum + 1", "sum = 'x'", "point = x'00'"} {
		s := At(t.TempDir())
		var told []string
		s.Report = func(message string) { told = append(told, message) }
		fillPoints(t, s, measure, 6, 7)
		execute(t, s, "UPDATE points SET "+damage+" WHERE value = '[7,null]'")
		if sound, damaged, err := s.Verify(t.Context()); sound != 1 || len(damaged) != 1 || err != nil {
			t.Errorf("%s: %d sound, %q, %v", damage, sound, damaged, err)
		}
		if got := pointsIn(t, s, measure, 10); !reflect.DeepEqual(got, []int{6}) {
			t.Errorf("%s: %v", damage, got)
		}
		if len(told) != 1 && damage != "point = x'00'" { // which nobody asks for
			t.Errorf("%s: told is %q", damage, told)
		}
		fillPoints(t, s, measure, 7)
		if got := pointsIn(t, s, measure, 10); !reflect.DeepEqual(got, []int{6, 7}) {
			t.Errorf("%s: after writing again %v", damage, got)
		}
	}
}

// A file of version 1, which had no points, keeps its records and gets points.
func TestFirstVersion(t *testing.T) {
	s := At(t.TempDir())
	fill(t, s, 3, 0, 1, 2)
	_, views, _ := strings.Cut(schema, "CREATE VIEW ensembles")
	ensembles, _, _ := strings.Cut("CREATE VIEW ensembles"+views, ";")
	execute(t, s, "DROP VIEW measured; DROP TABLE points; DROP VIEW ensembles; "+ensembles+"; PRAGMA user_version = 1")
	if got := readAll(t, s, 0, 3); !reflect.DeepEqual(got[2], numbers(2, 3)) {
		t.Errorf("record 2 is %v", got[2])
	}
	fillPoints(t, s, measure, 1)
	if got := pointsIn(t, s, measure, 3); !reflect.DeepEqual(got, []int{1}) {
		t.Errorf("points %v", got)
	}
	if entries, err := s.List(t.Context()); err != nil || len(entries) != 2 {
		t.Errorf("%v, %v", entries, err)
	}
}

// Shards have files of their own; what they found comes together, also while they go on, and
// as often as it is asked for.
func TestGather(t *testing.T) {
	s := At(t.TempDir())
	if shards, err := s.Gather(t.Context()); shards != 0 || err != nil {
		t.Errorf("%d shards, %v, of none", shards, err)
	}
	fillPoints(t, s, measure, 0)
	one, err := s.Shard("phase-1-of-2")
	if err != nil {
		t.Fatal(err)
	}
	two, err := s.Shard("phase-2-of-2")
	if err != nil {
		t.Fatal(err)
	}
	fillPoints(t, one, measure, 0, 2, 4)
	open := openShelf(t, two, measure)
	for i := 1; i < 6; i += 2 {
		if err := open.WritePoint(pointOf(i), fmt.Appendf(nil, "[%d,null]", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := open.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	other := measure
	other.Seed = 3
	fillPoints(t, two, other, 9)
	for range 2 {
		if shards, err := s.Gather(t.Context()); shards != 2 || err != nil {
			t.Fatalf("%d shards, %v", shards, err)
		}
		if got := pointsIn(t, s, measure, 12); !reflect.DeepEqual(got, upTo(6)) {
			t.Errorf("gathered are %v", got)
		}
		if got := pointsIn(t, s, other, 12); !reflect.DeepEqual(got, []int{9}) {
			t.Errorf("gathered of the other measure are %v", got)
		}
	}
	if err := open.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "a/b", "..", ".hidden", "a b"} {
		if _, err := s.Shard(name); err == nil {
			t.Errorf("a shard may be named %q", name)
		}
	}
	writeFile(t, filepath.Join(filepath.Dir(s.Path()), "shards", "foreign.sqlite"), "hello")
	if _, err := s.Gather(t.Context()); err == nil || !strings.Contains(err.Error(), "foreign.sqlite") {
		t.Errorf("a foreign file among the shards: %v", err)
	}
}
