package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What other code has computed is named stale, is not used, and can be pruned.
func TestStaleReplicas(t *testing.T) {
	store := t.TempDir()
	simulate := []string{"simulate", example("abstract"), "--n", "10", "--replicas", "2", "--seed", "1", "--to", "0.5", "--every", "0.5", "--store", store}
	if _, messages, code := call(t, simulate...); code != 0 {
		t.Fatal(messages)
	}
	recipes, err := filepath.Glob(filepath.Join(store, "*", "recipe.json"))
	if err != nil || len(recipes) != 1 {
		t.Fatal(recipes, err)
	}
	text, err := os.ReadFile(recipes[0])
	if err != nil {
		t.Fatal(err)
	}
	other := regexp.MustCompile(`"code": "[0-9a-f]+"`).ReplaceAll(text, []byte(`"code": "other"`))
	if err := os.WriteFile(recipes[0], other, 0o644); err != nil {
		t.Fatal(err)
	}
	list := func() string {
		out, _, _ := call(t, "store", "list", "--store", store)
		return out
	}
	if out := list(); !strings.Contains(out, "exact/3,10,1,2,,true,2,") {
		t.Errorf("list: %s", out)
	}
	if _, messages, code := call(t, "store", "prune", "--store", store); code != 0 || strings.Count(list(), "\n") != 2 {
		t.Errorf("prune without --stale: %s%s", messages, list())
	}
	if _, messages, code := call(t, "store", "prune", "--stale", "--store", store); code != 0 || strings.Count(list(), "\n") != 1 {
		t.Errorf("prune --stale: %s%s", messages, list())
	}
}
