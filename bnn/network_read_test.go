package bnn

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

const networkText = `{
  "name": "test",
  "note": "a note",
  "populations": [
    {"name": "E", "tau": 1, "size": 2, "noise": 0.5, "rate": {"kind": "logistic", "max": 2, "slope": 1, "threshold": 0}, "stimulus": {"kind": "constant", "value": 0.5}},
    {"name": "I", "tau": 0.5, "rate": {"kind": "probit", "max": 4, "slope": 3, "threshold": 0.25}, "stimulus": {"kind": "pulse", "baseline": 0.125, "amplitude": 7, "start": 8, "duration": 9}}
  ],
  "weights": [[1.5, -1], [1.25, -1.75]],
  "feedforward": [{"name": "X", "size": 3, "rate": {"kind": "sine", "baseline": 1, "amplitude": 0.3, "period": 4, "phase": 0.75}, "weights": [0.7, 0.2]}],
  "initial": {"mean": [1, 0], "variance": [0.35, 0.45], "project": true}
}`

// malformedNetworks are edits of networkText and the path of the error each
// must give.
var malformedNetworks = []struct{ old, new, path string }{
	// Text that is no JSON.
	{networkText, ``, ""},
	{networkText, "\ufeff\ufeff" + networkText, ""},
	{networkText, networkText + "{}", ""},
	{networkText, networkText + "]", ""},
	{networkText, networkText[:len(networkText)-1], ""},
	{networkText, networkText[:300], "populations[1].rate"},
	{"a note", "a \xff note", ""},
	{"a note", "a \n note", "note"},
	{`"note":`, `note:`, ""},
	{`"note":`, `"note"`, "note"},
	{`"a note",`, `"a note"`, ""},
	{`"a note"`, `'a note'`, "note"},
	{`"a note"`, `"a note" // why`, ""},
	{`true}`, `true,}`, "initial"},
	{`true}`, `True}`, "initial.project"},
	{`[1, 0]`, `[1, 0,]`, "initial.mean[2]"},
	{`[1, 0]`, `[1, , 0]`, "initial.mean[1]"},
	{`[1, 0]`, `[1 0]`, "initial.mean[1]"},
	{`[1, 0]`, `[1, 0}`, "initial.mean"},
	{`0.35`, `.35`, "initial.variance[0]"},
	{`0.35`, `+1`, "initial.variance[0]"},
	{`0.35`, `0x1p3`, "initial.variance[0]"},
	{`0.35`, `01`, "initial.variance[0]"},
	{`0.35`, strings.Repeat("[", 50) + strings.Repeat("]", 50), "initial.variance[0]" + strings.Repeat("[0]", 13)},
	{`"a note"`, strings.Repeat(`{"a":`, 50) + `1` + strings.Repeat("}", 50), "note" + strings.Repeat(".a", 15)},
	// Numbers that are none.
	{`-1.75`, `NaN`, "weights[1][1]"},
	{`-1.75`, `Infinity`, "weights[1][1]"},
	{`-1.75`, `-Infinity`, "weights[1][1]"},
	{`-1.75`, `nan`, "weights[1][1]"},
	{`-1.75`, `-1e999`, "weights[1][1]"},
	{`"tau": 0.5`, `"tau": 1e999`, "populations[1].tau"},
	{`"baseline": 1`, `"baseline": NaN`, "feedforward[0].rate.baseline"},
	// Keys.
	{`"note"`, `"Note"`, "Note"},
	{`"note"`, `"no te"`, `"no te"`},
	{`"note"`, `"` + strings.Repeat("x", 1000) + `"`, `"` + strings.Repeat("x", 60) + `…"`},
	{`"a note"`, `"a note", "": 1`, `""`},
	{`"note": "a note"`, `"name": "again"`, "name"},
	{`"noise": 0.5`, `"tau": 1`, "populations[0].tau"},
	{`"noise"`, `"nois"`, "populations[0].nois"},
	{`"slope": 1`, `"steepness": 1`, "populations[0].rate.steepness"},
	{`"value": 0.5`, `"value": 0.5, "baseline": 1`, "populations[0].stimulus.baseline"},
	{`"duration": 9`, `"duration": 9, "period": 1`, "populations[1].stimulus.period"},
	{`"phase": 0.75`, `"phase": 0.75, "phase": 0.75`, "feedforward[0].rate.phase"},
	{`"size": 3`, `"count": 3`, "feedforward[0].count"},
	{`"project"`, `"projected": 1, "project"`, "initial.projected"},
	{`"name": "test",`, ``, "name"},
	{`"name": "E", `, ``, "populations[0].name"},
	{`"tau": 0.5, `, ``, "populations[1].tau"},
	{`"threshold": 0.25`, `"threshold": null`, "populations[1].rate.threshold"},
	{`, "threshold": 0.25`, ``, "populations[1].rate.threshold"},
	{`"kind": "logistic", `, ``, "populations[0].rate.kind"},
	{`"kind": "sine", `, ``, "feedforward[0].rate.kind"},
	{`, "weights": [0.7, 0.2]`, ``, "feedforward[0].weights"},
	{`"weights": [[1.5, -1], [1.25, -1.75]],`, ``, "weights"},
	{`, "project": true`, ``, "initial.project"},
	{`"mean": [1, 0], `, ``, "initial.mean"},
	{`, "variance": [0.35, 0.45]`, ``, "initial.variance"},
	{networkText, `{"name": "a", "populations": [{"name": "E", "tau": 1}], "weights": [[1]]}`, "populations[0].rate"},
	{networkText, `{"name": "a", "weights": [[1]]}`, "populations"},
	{networkText, `{}`, "name"},
	// Types.
	{networkText, `null`, ""},
	{networkText, `[]`, ""},
	{networkText, `12`, ""},
	{`"test"`, `12`, "name"},
	{`"a note"`, `null`, "note"},
	{`"E"`, `true`, "populations[0].name"},
	{`"tau": 1`, `"tau": "1"`, "populations[0].tau"},
	{`"size": 2`, `"size": null`, "populations[0].size"},
	{`"size": 2`, `"size": [2]`, "populations[0].size"},
	{`"noise": 0.5`, `"noise": false`, "populations[0].noise"},
	{`{"kind": "constant", "value": 0.5}`, `0.5`, "populations[0].stimulus"},
	{`{"kind": "constant", "value": 0.5}`, `null`, "populations[0].stimulus"},
	{`"logistic"`, `3`, "populations[0].rate.kind"},
	{`"logistic"`, `"Logistic"`, "populations[0].rate.kind"},
	{`"logistic"`, `"sine"`, "populations[0].rate.kind"},
	{`"pulse"`, `"probit"`, "populations[1].stimulus.kind"},
	{`[1.25, -1.75]`, `1.25`, "weights[1]"},
	{`[1.25, -1.75]`, `[1.25, [-1.75]]`, "weights[1][1]"},
	{`[[1.5, -1], [1.25, -1.75]]`, `{"E": 1}`, "weights"},
	{`"weights": [0.7, 0.2]`, `"weights": 0.7`, "feedforward[0].weights"},
	{`true}`, `1}`, "initial.project"},
	{`[0.35, 0.45]`, `0.35`, "initial.variance"},
	// Values.
	{`"test"`, `""`, "name"},
	{`"E"`, `"E I"`, "populations[0].name"},
	{`"E"`, `"I"`, "populations[1].name"},
	{`"X"`, `""`, "feedforward[0].name"},
	{`"tau": 1`, `"tau": 0`, "populations[0].tau"},
	{`"tau": 1`, `"tau": 1e-999`, "populations[0].tau"},
	{`"size": 2`, `"size": -2`, "populations[0].size"},
	{`"size": 3`, `"size": 0`, "feedforward[0].size"},
	{`"noise": 0.5`, `"noise": -0.5`, "populations[0].noise"},
	{`"max": 2`, `"max": 0`, "populations[0].rate.max"},
	{`"slope": 3`, `"slope": -3`, "populations[1].rate.slope"},
	{`"duration": 9`, `"duration": -9`, "populations[1].stimulus.duration"},
	{`"period": 4`, `"period": 0`, "feedforward[0].rate.period"},
	{`"baseline": 1`, `"baseline": -1`, "feedforward[0].rate.baseline"},
	{`"amplitude": 0.3`, `"amplitude": 1.001`, "feedforward[0].rate.amplitude"},
	{`1.25,`, `-1.25,`, "weights[1][0]"},
	{`0.45`, `-0.45`, "initial.variance[1]"},
	// Lengths.
	{`, [1.25, -1.75]`, ``, "weights"},
	{`[1.25, -1.75]`, `[1.25]`, "weights[1]"},
	{`[1.25, -1.75]`, `[1.25, -1.75, 0]`, "weights[1]"},
	{`[0.7, 0.2]`, `[0.7]`, "feedforward[0].weights"},
	{`[1, 0]`, `[1]`, "initial.mean"},
	{`[0.35, 0.45]`, `[]`, "initial.variance"},
	{networkText, `{"name": "a", "populations": [], "weights": [], "initial": {"mean": [], "variance": [], "project": false}}`, "populations"},
}

func TestParseNetworkRefuses(t *testing.T) {
	if _, err := ParseNetwork([]byte(networkText)); err != nil {
		t.Fatal(err)
	}
	for _, c := range malformedNetworks {
		if strings.Count(networkText, c.old) != 1 {
			t.Fatalf("the edit of %q is ambiguous", c.old)
		}
		text := strings.Replace(networkText, c.old, c.new, 1)
		network, err := ParseNetwork([]byte(text))
		if err == nil || network != nil {
			t.Errorf("%q for %q is accepted", c.new, c.old)
			continue
		}
		inputErrorAt(t, err, c.path)
	}
}

func TestParseNetworkErrorTexts(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`"noise": 0.5`, `"nois": 0.5`, "populations[0].nois: an unknown key is not allowed: must be one of the keys name, tau, size, noise, rate, spread, stimulus"},
		{`"tau": 0.5, `, ``, "populations[1].tau: a missing value is not allowed: must be a number; the key is required"},
		{`"tau": 0.5`, `"tau": "0.5"`, `populations[1].tau: the text "0.5" is not allowed: must be a number`},
		{`-1.75`, `NaN`, "weights[1][1]: NaN is not allowed: must be a finite number"},
		{`-1.75`, `-1e999`, "weights[1][1]: -1e999 is not allowed: must be a finite number"},
		{`[1, 0]`, `[1, zero]`, `initial.mean[1]: "zero" at line 10, column 27 is not allowed: must be valid JSON`},
		{`0.35`, `-01`, `initial.variance[0]: "-01" at line 10, column 44 is not allowed: must be valid JSON`},
		{networkText, `{"name": "te`, "name: the end of the text at line 1, column 13 is not allowed: must be complete JSON"},
		{`true}`, `true, "mean": 1}`, "initial.mean: a second value at line 10, column 74 is not allowed: must be given once"},
		{`"probit"`, `"relu"`, `populations[1].rate.kind: "relu" is not allowed: must be one of the kinds logistic, probit, constant, power, table`},
		{`[1.25, -1.75]`, `[1.25]`, "weights[1]: a list of 1 is not allowed: must be a list of 2 numbers, one a population"},
		{`"amplitude": 0.3`, `"amplitude": 1.5`, "feedforward[0].rate.amplitude: 1.5 is not allowed: must be such that the rate is ≥ 0 at all times (it falls to -0.5)"},
	} {
		_, err := ParseNetwork([]byte(strings.Replace(networkText, c.old, c.new, 1)))
		if err == nil || err.Error() != c.want {
			t.Errorf("error  %v\nwanted %s", err, c.want)
		}
	}
}

func TestParseNetworkFields(t *testing.T) {
	got, err := ParseNetwork([]byte(networkText))
	if err != nil {
		t.Fatal(err)
	}
	want := &Network{
		Name: "test",
		Note: "a note",
		Populations: []Population{
			{Name: "E", Tau: 1, Size: 2, Noise: 0.5, Rate: Logistic{2, 1, 0}, Stimulus: ConstantStimulus{0.5}},
			{Name: "I", Tau: 0.5, Size: 1, Noise: 0, Rate: Probit{4, 3, 0.25}, Stimulus: Pulse{0.125, 7, 8, 9}},
		},
		Weights:     [][]float64{{1.5, -1}, {1.25, -1.75}},
		Feedforward: []Source{{Name: "X", Size: 3, Rate: Sine{1, 0.3, 4, 0.75}, Weights: []float64{0.7, 0.2}}},
		Initial:     Initial{Mean: []float64{1, 0}, Variance: []float64{0.35, 0.45}, OnManifold: true},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read %+v\nwant %+v", got, want)
	}
}

func TestParseNetworkDefaults(t *testing.T) {
	const text = `{"name": "a", "populations": [{"name": "E", "tau": 1, "rate": {"kind": "constant", "value": 2}}],
		"weights": [[0]], "initial": {"mean": [0], "variance": [0], "project": false}}`
	got, err := ParseNetwork([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := &Network{
		Name:        "a",
		Populations: []Population{{Name: "E", Tau: 1, Size: 1, Rate: ConstantRate{2}, Stimulus: ConstantStimulus{0}}},
		Weights:     [][]float64{{0}},
		Initial:     Initial{Mean: []float64{0}, Variance: []float64{0}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read %+v\nwant %+v", got, want)
	}
}

func TestParseNetworkWithByteOrderMark(t *testing.T) {
	network, err := ParseNetwork([]byte(byteOrderMark + networkText))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := ParseNetwork([]byte(networkText)); err != nil || !reflect.DeepEqual(network, plain) {
		t.Errorf("with a byte order mark %+v, without %+v, %v", network, plain, err)
	}
	// Places are counted as editors do.
	_, err = ParseNetwork([]byte(byteOrderMark + "x"))
	if err == nil || !strings.Contains(err.Error(), "at line 1, column 1") {
		t.Errorf("error %v, want the place", err)
	}
}

// exampleNetworks are the networks that come with the project.
func exampleNetworks(t testing.TB) []string {
	paths, err := filepath.Glob("../data/networks/oscillations/*.json")
	if err != nil {
		t.Fatal(err)
	}
	plain, err := filepath.Glob("../data/networks/*.json")
	paths = append(paths, plain...)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no example networks: %v", err)
	}
	return paths
}

func FuzzParseNetwork(f *testing.F) {
	for _, path := range exampleNetworks(f) {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(networkText))
	f.Add([]byte(Must(json.Marshal(networkOfMore()))))
	f.Add([]byte(byteOrderMark + networkText))
	for _, c := range malformedNetworks {
		f.Add([]byte(strings.Replace(networkText, c.old, c.new, 1)))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		network, err := ParseNetwork(text)
		if err != nil {
			var input *InputError
			if !errors.As(err, &input) || input.Value == "" || input.Allowed == "" {
				t.Fatalf("incomplete error %#v", err)
			}
			return
		}
		written, err := json.Marshal(network)
		if err != nil {
			t.Fatalf("accepted, but not written: %v", err)
		}
		again, err := ParseNetwork(written)
		if err != nil {
			t.Fatalf("written as %s, but not read: %v", written, err)
		}
		if !reflect.DeepEqual(again, network) {
			t.Fatalf("read again as %+v, was %+v", again, network)
		}
		if again.Fingerprint() != network.Fingerprint() || network.Fingerprint() == "" {
			t.Fatal("the fingerprint changes")
		}
	})
}
