package keep

import (
	"database/sql"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/store"
)

type one struct{ Slope float64 }

type other struct{ Slope float64 }

type hidden struct {
	Slope float64 `json:"-"`
}

type embeds struct{ one }

// Inputs that are not the same are not said the same.
func TestSay(t *testing.T) {
	said := map[string]string{}
	for name, inputs := range map[string]any{
		"one": one{1}, "other": other{1}, "pointer": &one{1}, "another number": one{2}, "list": []any{one{1}}, "list of others": []any{other{1}},
		"map": map[string]any{"a": one{1}, "b": other{1}}, "swapped": map[string]any{"a": other{1}, "b": one{1}}, "nil": nil, "embedded": embeds{one{1}},
		"network": []any{read(t), 3},
	} {
		text, err := say(inputs)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if before, is := said[string(text)]; is {
			t.Errorf("%s and %s are both %s", before, name, text)
		}
		said[string(text)] = name
		if again, _ := say(inputs); string(again) != string(text) {
			t.Errorf("%s is %s, and then %s", name, text, again)
		}
	}
	network := read(t)
	network.Populations[0].Rate = ownRate{network.Populations[0].Rate}
	for name, inputs := range map[string]any{
		"hidden": hidden{1}, "not exported": []any{struct{ slope float64 }{1}}, "in a map": map[string]hidden{"a": {1}}, "a function": func() {}, "a rate of one's own": network,
	} {
		if text, err := say(inputs); err == nil {
			t.Errorf("%s is said as %s", name, text)
		}
	}
}

type ownRate struct{ bnn.Rate }

// A value that is damaged in the store is reported and computed again.
func TestDamagedValue(t *testing.T) {
	in := store.At(t.TempDir())
	var reports []string
	in.Report = func(message string) { reports = append(reports, message) }
	computed := 0
	get := func() {
		t.Helper()
		value, err := Value(t.Context(), in, "x", nil, func() ([]float64, error) { computed++; return []float64{1, 2}, nil })
		if err != nil || len(value) != 2 || value[1] != 2 {
			t.Errorf("%v, %v", value, err)
		}
	}
	get()
	for want, change := range []string{
		"UPDATE points SET value = substr(value, 1, length(value) / 2)", "UPDATE points SET sum = sum + 1", "UPDATE points SET value = 'hello'",
	} {
		db, err := sql.Open("sqlite", in.Path())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(change); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		get()
		get()
		if computed != want+2 || len(reports) != want+1 || !strings.Contains(reports[want], "damaged") {
			t.Errorf("%s: computed %d times, reports %q", change, computed, reports)
		}
	}
}

func read(t *testing.T) *bnn.Network {
	t.Helper()
	network, err := bnn.ReadNetwork("../../../data/networks/abstract.json")
	if err != nil {
		t.Fatal(err)
	}
	return network
}
