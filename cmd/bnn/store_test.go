package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"balanced/bnn/store"

	_ "modernc.org/sqlite"
)

// simulateInto fills a store with two replicas of a network.
func simulateInto(t *testing.T, folder, network string) {
	t.Helper()
	simulate := []string{"simulate", example(network), "--n", "10", "--replicas", "2", "--seed", "1", "--to", "0.5", "--every", "0.5", "--store", folder}
	if _, messages, code := call(t, simulate...); code != 0 {
		t.Fatal(messages)
	}
}

// changeStore changes a store by other means.
func changeStore(t *testing.T, folder, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(folder, "store.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
}

// What other code has computed is named stale, is not used, and can be pruned.
func TestStaleReplicas(t *testing.T) {
	folder := t.TempDir()
	simulateInto(t, folder, "abstract")
	list := func() (out, messages string) {
		out, messages, code := call(t, "store", "list", "--store", folder)
		if code != 0 {
			t.Fatal(messages)
		}
		return out, messages
	}
	if out, messages := list(); !strings.Contains(out, "exact/6,10,1,2,,false,2,0,") || strings.Contains(messages, "stale") {
		t.Errorf("list: %s%s", out, messages)
	}
	// The key is left, so that the replicas would be found by a mistake.
	changeStore(t, folder, `UPDATE shelves SET recipe = replace(recipe, '"code":"', '"code":"0')`)
	simulateInto(t, folder, "feedforward")
	out, messages := list()
	if !strings.Contains(out, "exact/6,10,1,2,,true,2,0,") || !strings.Contains(messages, "2 ensembles, 4 replicas") || !strings.Contains(messages, "stale are 1 ensembles, 2 replicas") {
		t.Errorf("list: %s%s", out, messages)
	}
	if _, messages, code := call(t, "store", "prune", "--stale", "--store", folder); code != 0 || !strings.Contains(messages, "removed: 1 ensembles, 2 replicas") {
		t.Errorf("prune --stale: exit %d, %s", code, messages)
	}
	if out, _ := list(); strings.Count(out, "\n") != 2 || !strings.Contains(out, ",false,2,0,") {
		t.Errorf("left are %s", out)
	}
}

func TestPrune(t *testing.T) {
	folder := t.TempDir()
	left := func() string {
		out, messages, code := call(t, "store", "list", "--format", "json", "--store", folder)
		if code != 0 {
			t.Fatal(messages)
		}
		return out
	}
	for _, c := range []struct {
		arguments string
		abstract  bool // is left, and so on
		forward   bool
	}{
		{"--network nonsense", true, true},
		{"--older-than 10d --network abstract", true, true},
		{"--older-than 1d", true, false},
		{"--network abstract", false, true},
		{"--network feedforward --older-than 47h", true, false},
		{"--stale", true, true},
		{"--all", false, false},
		{"KEY", false, true},
	} {
		simulateInto(t, folder, "abstract")
		simulateInto(t, folder, "feedforward")
		changeStore(t, folder, "UPDATE shelves SET used = '"+time.Now().UTC().Add(-48*time.Hour).Format(time.RFC3339)+"' WHERE name = 'feedforward'")
		arguments := []string{"store", "prune", "--store", folder}
		if c.arguments == "KEY" {
			entries, err := store.At(folder).List(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			arguments = append(arguments, entries[0].Key)
		} else {
			arguments = append(arguments, strings.Fields(c.arguments)...)
		}
		if _, messages, code := call(t, arguments...); code != 0 {
			t.Errorf("%s: %s", c.arguments, messages)
		}
		if out := left(); strings.Contains(out, `"abstract"`) != c.abstract || strings.Contains(out, `"feedforward"`) != c.forward {
			t.Errorf("%s leaves %s", c.arguments, out)
		}
	}
	for arguments, want := range map[string]string{
		"":                      "must be told what to remove",
		"--all --stale":         "must be told what to remove",
		"KEY --stale":           "must be told what to remove",
		"--older-than 3":        `--older-than "3": must be a time`,
		"--older-than -3d":      `--older-than "-3d": must be a time`,
		"--older-than NaNd":     `--older-than "NaNd": must be a time`,
		"..":                    `KEY "..": must be one that bnn store list shows`,
		"00000000000000000000b": "must be one that bnn store list shows",
	} {
		if _, messages, code := call(t, append([]string{"store", "prune", "--store", folder}, strings.Fields(arguments)...)...); code != exitUsage || !strings.Contains(messages, want) {
			t.Errorf("prune %s: exit %d, %s", arguments, code, messages)
		}
	}
}

// What an older version left is told by list and removed when asked for.
func TestPruneOld(t *testing.T) {
	folder := t.TempDir()
	old := filepath.Join(folder, strings.Repeat("0123", 8))
	if err := os.Mkdir(old, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(old, "recipe.json"), []byte("{}"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, messages, code := call(t, "store", "list", "--store", folder); code != 0 || !strings.Contains(messages, "1 ensembles in 1 files") {
		t.Errorf("list: exit %d, %s", code, messages)
	}
	if _, messages, code := call(t, "store", "prune", "--old", "--store", folder); code != 0 || !strings.Contains(messages, "removed: 1 ensembles of an older version") {
		t.Errorf("prune --old: exit %d, %s", code, messages)
	}
	if _, err := os.Stat(old); err == nil {
		t.Error("it is still there")
	}
}

// A damaged replica is told by verify, reported and computed again, with the same output.
func TestDamagedReplica(t *testing.T) {
	folder := t.TempDir()
	simulate := []string{"simulate", example("abstract"), "--n", "10", "--replicas", "2", "--seed", "1", "--to", "0.5", "--every", "0.5", "--store", folder}
	want, _, _ := call(t, simulate...)
	changeStore(t, folder, "UPDATE records SET value = CAST(x'00' || substr(value, 2) AS BLOB)")
	if out, messages, code := call(t, "store", "verify", "--store", folder); code != exitFailed || !strings.Contains(out, "checksum") || !strings.Contains(messages, "0 replicas and points are sound") {
		t.Errorf("verify: exit %d, %s%s", code, out, messages)
	}
	if out, messages, code := call(t, simulate...); out != want || code != 0 || !strings.Contains(messages, "damaged, and computed again") {
		t.Errorf("simulate: exit %d, %s", code, messages)
	}
	if _, messages, code := call(t, "store", "verify", "--store", folder); code != 0 || !strings.Contains(messages, "2 replicas and points are sound") {
		t.Errorf("verify: exit %d, %s", code, messages)
	}
}
