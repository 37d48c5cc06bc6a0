package bnn

import (
	"math"
	"strings"
	"testing"
)

// Whatever stands in a file in the wrong place is told by its path, and the first of two
// mistakes.
func TestStrictObject(t *testing.T) {
	const good = `{"whole": 1e3, "seed": 18446744073709551615, "text": "a", "truth": true, "texts": ["b", "c"],
		"numbers": [1, 2.5], "objects": [{"number": 3}], "network": "a.json"}`
	read := func(text string) error {
		o := ParseStrict([]byte(text), "whole", "seed", "text", "truth", "texts", "numbers", "objects", "network")
		if whole := o.Whole("whole", 1, 2000); o.Err() == nil && whole != 1000 {
			t.Errorf("whole number %d", whole)
		}
		if seed := o.Seed("seed"); o.Err() == nil && seed != 1<<64-1 {
			t.Errorf("seed %d", seed)
		}
		o.Text("text")
		o.Truth("truth")
		if texts := o.Texts("texts"); o.Err() == nil && strings.Join(texts, "") != "bc" {
			t.Errorf("texts %q", texts)
		}
		o.Numbers("numbers")
		for _, object := range o.Objects("objects") {
			object.Allow("number")
			object.Number("number")
		}
		o.Network("network")
		return o.Err()
	}
	if err := read("\uFEFF" + good); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{"1e3", "1.5", "whole: 1.5 is not allowed: must be a whole number from 1 to 2000"},
		{"1e3", "2001", "whole: 2001"},
		{"1e3", "1e400", "whole: 1e400"},
		{"1e3", `"1"`, `whole: the text "1"`},
		{"18446744073709551615", "-1", "seed: -1"},
		{"18446744073709551615", "18446744073709551616", "seed: 18446744073709551616"},
		{`"a"`, "1", "text: the number 1 is not allowed: must be a text"},
		{"true", "1", "truth: the number 1"},
		{`"c"`, "null", "texts[1]: null"},
		{"2.5", "NaN", "numbers[1]: NaN"},
		{`"number"`, `"Number"`, "objects[0].Number: an unknown key"},
		{`{"number": 3}`, `3`, "objects[0]: the number 3 is not allowed: must be an object"},
		{`"a.json"`, "1", "network: the number 1"},
		{`"a.json"`, "{}", "network.name: a missing value"},
		{`"a.json"`, `{"name": "a", "populations": [{"name": "E", "tau": 0, "rate": {"kind": "constant", "value": 1}}], "weights": [[0]], "initial": {"mean": [0], "variance": [1], "project": false}}`,
			"network.populations[0].tau: 0"},
		{`"whole"`, `"other"`, "other: an unknown key"},
		{`"text": "a", `, "", "text: a missing value"},
	} {
		if err := read(strings.Replace(good, c.old, c.new, 1)); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s for %s: %v, want %s", c.new, c.old, err, c.want)
		}
	}
}

// Scaling multiplies each of the numbers, or none.
func TestScale(t *testing.T) {
	network := networkOfEverything()
	before := network.Clone()
	for _, path := range []string{"weights[*][0]", "populations[0].rate.slope", "populations[*].tau", "initial.mean[1]"} {
		if err := network.Scale(path, 2); err != nil {
			t.Fatal(err)
		}
	}
	if network.Weights[1][0] != 2*before.Weights[1][0] || network.Populations[0].Rate.(Logistic).Slope != 2*before.Populations[0].Rate.(Logistic).Slope ||
		network.Populations[1].Tau != 2*before.Populations[1].Tau || network.Initial.Mean[1] != 2*before.Initial.Mean[1] {
		t.Errorf("%+v", network)
	}
	for path, factor := range map[string]float64{"populations[*].tau": -1, "weights[0][0]": math.Inf(1), "nowhere": 1} {
		again := network.Clone()
		if err := again.Scale(path, factor); err == nil || again.Populations[0].Tau != network.Populations[0].Tau {
			t.Errorf("%s times %g: %v", path, factor, err)
		}
	}
}
