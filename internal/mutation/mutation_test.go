package mutation

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"balanced/bnn/simulate"
	"balanced/internal/verification"
)

const root = "../.."

// Every edit finds its place, so that a mutation follows the code or this says which does not, and
// no two have the same name.
func TestMutationsFollowTheCode(t *testing.T) {
	names := map[string]bool{Sound: true}
	for _, m := range All() {
		if names[m.Name] || !regexp.MustCompile(`^[a-z0-9.^/-]+$`).MatchString(m.Name) || m.Words == "" || len(m.Edits) == 0 {
			t.Errorf("mutation %q: the name is taken or no name, or it has no words or edits", m.Name)
		}
		names[m.Name] = true
		if _, err := m.texts(root, "store"); err != nil {
			t.Errorf("%s: %v", m.Name, err)
		}
	}
}

// Every mutation compiles, which takes some seconds each.
func TestMutationsCompile(t *testing.T) {
	if os.Getenv("BNN_LONG_TESTS") == "" {
		t.Skip("a test of minutes; BNN_LONG_TESTS=1 runs it")
	}
	absolute, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range All() {
		texts, err := m.texts(absolute, "store")
		if err != nil {
			t.Fatal(err)
		}
		list, err := overlay(absolute, t.TempDir(), texts)
		if err != nil {
			t.Fatal(err)
		}
		build := exec.Command("go", "build", "-overlay", list, "-o", os.DevNull, "./bnn/...", "./analysis")
		build.Dir = absolute
		if output, err := build.CombinedOutput(); err != nil {
			t.Errorf("%s: %v: %s", m.Name, err, output)
		}
	}
}

func TestApplyRefuses(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "a.go"), []byte("one two two"), 0o666); err != nil {
		t.Fatal(err)
	}
	for old, want := range map[string]string{"two": "2 times", "three": "0 times", "one": ""} {
		changed, err := apply(folder, []Edit{{"a.go", old, "x"}})
		switch {
		case want == "" && (err != nil || changed["a.go"] != "x two two"):
			t.Errorf("%q: %v, %v", old, changed, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%q: %v, want %s", old, err, want)
		}
	}
}

// A broken simulator has another identity, so that its replicas are never those of the sound one;
// a broken theory has not, and the simulators ask the sound one.
func TestIdentityOfBrokenCode(t *testing.T) {
	verification.Only(t)
	absolute, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	const main = `package main

import (
	"context"
	"fmt"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/store"
	"balanced/bnn/theory"
)

func main() {
	network := bnn.Must(bnn.ReadNetwork("data/networks/abstract.json"))
	ensemble := simulate.Ensemble{Network: network, N: 50, Replicas: 2, Seed: 1}
	start := bnn.Must(ensemble.Run(context.Background(), []float64{0})).Mean[0]
	limit := bnn.Must(theory.Limit(context.Background(), network, []float64{0})).Mean[0]
	fmt.Print(bnn.Must(simulate.CodeIdentity()), " ", bnn.Must(store.Default()).Path(), " ", start, " ", limit)
}
`
	said := func(m Mutation) []string {
		texts, err := m.texts(absolute, "elsewhere")
		if err != nil {
			t.Fatal(err)
		}
		texts[programs+"/identity/main.go"] = main
		list, err := overlay(absolute, t.TempDir(), texts)
		if err != nil {
			t.Fatal(err)
		}
		run := exec.Command("go", "run", "-overlay", list, "./"+programs+"/identity")
		run.Dir = absolute
		output, err := run.Output()
		if err != nil {
			t.Fatalf("%s: %v", m.Name, err)
		}
		fields := strings.SplitN(string(output), " ", 3)
		if filepath.Base(filepath.Dir(fields[1])) != "elsewhere" {
			t.Errorf("%s: the store is %s", m.Name, fields[1])
		}
		return fields
	}
	named := func(name string) Mutation {
		all := All()
		return all[slices.IndexFunc(all, func(m Mutation) bool { return m.Name == name })]
	}
	sound, simulator, theory := said(Mutation{Part: Analysis}), said(named("leap-without-third-moment")), said(named("project-0.01"))
	identity, err := simulate.CodeIdentity()
	if err != nil || sound[0] != identity || theory[0] != identity || simulator[0] == identity {
		t.Errorf("identity %s, of a run without mutation %s, with one of theory %s, of the simulator %s", identity, sound[0], theory[0], simulator[0])
	}
	own, other := strings.SplitAfter(sound[2], "]"), strings.SplitAfter(theory[2], "]")
	if own[0] != other[0] || own[1] == other[1] || sound[2] != simulator[2] {
		t.Errorf("start and limit are %s, with a broken projection %s, want another limit alone", sound[2], theory[2])
	}
}
