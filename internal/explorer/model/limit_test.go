package model

import (
	"context"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// The curves are those of package bnn, bit by bit, after their way through JSON text.
func TestCurvesAreExact(t *testing.T) {
	for name, network := range presets(t) {
		t.Run(name, func(t *testing.T) {
			times := bnn.Every(0.1, 2)
			limit, ended := theory.Limit(t.Context(), network, times)
			got := ask[LimitAnswer](t, "limit", object{"network": network, "to": 2, "every": 0.1})
			sameCurves(t, got.Curves, limit)
			if (got.Problem == nil) != (ended == nil) || ended != nil && got.Problem.Text != ended.Error() {
				t.Errorf("problem %+v, want %v", got.Problem, ended)
			}
			finite, err := theory.FiniteSize(context.Background(), network, 300, times)
			if err != nil {
				t.Fatal(err)
			}
			finiteAnswer := ask[FiniteAnswer](t, "finite", object{"network": network, "to": 2, "every": 0.1, "n": 300})
			sameCurves(t, finiteAnswer.Curves, finite)
			if finiteAnswer.Problem != nil {
				t.Errorf("problem %+v", finiteAnswer.Problem)
			}
		})
	}
}

func sameCurves(t *testing.T, got Curves, want *bnn.Trajectory) {
	t.Helper()
	pairs := [][2]any{
		{got.Populations, want.Populations}, {got.Times, want.Times},
		{got.Mean, want.Mean}, {got.Variance, want.Variance}, {got.Rate, want.Rate},
		{got.Input, want.Input}, {got.Stability, want.Stability}, {got.Residual, want.Residual},
	}
	for i, pair := range pairs {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Errorf("item %d: %v, want %v", i, pair[0], pair[1])
		}
	}
}

// The rows before a fold are there.
func TestLimitUpToAFold(t *testing.T) {
	network := folding(t)
	want, ended := theory.Limit(t.Context(), network, bnn.Every(0.01, 2))
	got := ask[LimitAnswer](t, "limit", object{"network": network, "to": 2, "every": 0.01})
	sameCurves(t, got.Curves, want)
	fold, is := ended.(*theory.BalanceLostError)
	if !is || len(got.Times) < 2 || got.Problem == nil || got.Problem.Kind != "fold" || float64(got.Problem.Time) != fold.Time || got.Verdict.Time != got.Problem.Time {
		t.Errorf("%d rows, problem %+v, verdict %+v; want the fold %v", len(got.Times), got.Problem, got.Verdict, ended)
	}
}

// Whatever is refused is named, with nothing else in the answer.
func TestRefusedQuestions(t *testing.T) {
	good := string(text(t, preset(t, "abstract")))
	with := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("no %s in %s", old, good)
		}
		return strings.Replace(good, old, new, 1)
	}
	for _, c := range []struct{ kind, network, rest, want string }{
		{"limit", with(`"slope":3`, `"slope":-3`), `"to":1,"every":0.1`, "populations[1].rate.slope: -3 is not allowed: must be a finite number ≥ 0"},
		{"limit", with(`"tau":1`, `"tua":1`), `"to":1,"every":0.1`, `populations[0]`},
		{"limit", "null", `"to":1,"every":0.1`, "network: null is not allowed: must be an object"},
		{"limit", "3", `"to":1,"every":0.1`, "must be"},
		{"limit", good, `"to":-1,"every":0.1`, "to, every: -1 and 0.1 is not allowed"},
		{"limit", good, `"to":1,"every":0`, "to, every: 1 and 0 is not allowed"},
		{"limit", good, `"to":1,"every":1e-9`, "to, every"},
		{"limit", good, `"to":"x","every":1`, "to: string is not allowed: must be of type float64"},
		{"limit", good, `"to":1,"every":1,"n":1.5`, "n: number 1.5 is not allowed: must be of type int"},
		{"limit", good, `"to":`, "question"},
		{"finite", good, `"to":1,"every":1,"n":0`, "n: 0 is not allowed: must be a whole number from 2 to "},
		{"states", "{}", `"n":0`, "name"},
		{"raster", good, `"to":1,"n":10,"rows":0`, "rows: 0 is not allowed: must be a whole number from 1 to 100"},
		{"raster", good, `"to":1,"n":10,"rows":10,"seed":-1`, "seed"},
		{"manifold", good, `"variance":[1],"low":[0,0],"high":[1,1]`, "variance: a list of 1 is not allowed: must be a list of 2 numbers"},
		{"manifold", good, `"variance":[1,-1],"low":[0,0],"high":[1,1]`, "variance[1]: -1 is not allowed: must be a number ≥ 0"},
		{"manifold", good, `"variance":[1,1],"low":[0,2],"high":[1,1]`, "high[1]: 1 is not allowed: must be a number > 2"},
		{"cell", good, `"to":1,"every":0.1,"n":0`, "n: 0 is not allowed"},
		{"cell", good, `"to":1,"every":0,"n":10`, "to, every"},
		{"file", with(`"tau":1`, `"tau":0`), `"n":0`, "populations[0].tau: 0 is not allowed"},
		{"riddle", good, `"n":0`, `kind: "riddle" is not allowed`},
	} {
		var members map[string]json.RawMessage
		raw := Answer(context.Background(), c.kind, []byte(`{"network":`+c.network+`,`+c.rest+`}`))
		if err := json.Unmarshal(raw, &members); err != nil {
			t.Fatal(err)
		}
		var problem Problem
		if err := json.Unmarshal(members["problem"], &problem); err != nil {
			t.Fatal(err)
		}
		if problem.Kind != "input" || !strings.Contains(problem.Text, c.want) || len(members) != 1 {
			t.Errorf("%s, %s: %s, want %s", c.kind, c.rest, raw, c.want)
		}
	}
}

// Where there is no number there is null, and no answer has another that JSON cannot hold.
func TestNumbers(t *testing.T) {
	inf := math.Inf(1)
	list, err := json.Marshal([]Number{none, Number(inf), -Number(inf), 1e-7, 0.1})
	if want := "[null,null,null,1e-07,0.1]"; string(list) != want || err != nil {
		t.Errorf("%s, %v; want %s", list, err, want)
	}
	if got := string(encode(Curves{Times: []float64{inf}})); !strings.Contains(got, `{"problem":{"kind":"failed","text":"the answer cannot be written: json`) {
		t.Error(got)
	}
}

// States are those of package bnn.
func TestStates(t *testing.T) {
	for name, network := range presets(t) {
		want, err := theory.StationaryStates(t.Context(), network)
		if err != nil {
			t.Fatal(err)
		}
		got := ask[StatesAnswer](t, "states", object{"network": network})
		if len(got.States) != len(want) || got.States == nil || got.Problem != nil {
			t.Fatalf("%s: %+v, want %+v", name, got, want)
		}
		for i, s := range want {
			state := got.States[i]
			if !slices.Equal(state.Mean, s.Mean) || !slices.Equal(state.Variance, s.Variance) || !slices.Equal(state.Rate, s.Rate) ||
				float64(state.Stability) != s.Stability || float64(state.SlowStability) != s.SlowStability {
				t.Errorf("%s: %+v, want %+v", name, state, s)
			}
			if unstable := strings.HasPrefix(state.Text, "A tipping point"); unstable != (s.Stability > 0 && s.Frequency == 0) {
				t.Errorf("%s: %s at stability %g", name, state.Text, s.Stability)
			}
		}
	}
	outside := preset(t, "abstract")
	outside.Feedforward = []bnn.Source{{Name: "X", Size: 1, Rate: bnn.ConstantStimulus{Value: 1}, Weights: []float64{1, 0}}}
	if got := ask[StatesAnswer](t, "states", object{"network": outside}); got.Problem == nil || got.Problem.Kind != "unbalanced" {
		t.Errorf("a drive outside the range of the weights: %+v", got)
	}
}
