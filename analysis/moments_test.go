package analysis

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"balanced/analysis/internal/analysistest"
	"balanced/bnn"
)

func TestMomentsLaysResultsSideBySide(t *testing.T) {
	runs, prediction := analysistest.Summary(rand.New(rand.NewPCG(1, 1)), 5, 3, 0)
	frame := Moments(runs, prediction, nil)
	if frame.Err != nil {
		t.Fatal(frame.Err)
	}
	if want := []string{"t", "population", "quantity", "simulation", "standard_error", "limit"}; !slices.Equal(frame.Names(), want) {
		t.Errorf("columns %v, want %v", frame.Names(), want)
	}
	if frame.Nrow() != 3*2*4 {
		t.Errorf("%d rows, want one for each time, population and quantity: 24", frame.Nrow())
	}
	for row := range frame.Nrow() {
		time, a, q := row/8, row/4%2, bnn.Quantities()[row%4]
		cells := []any{frame.Elem(row, 0).Float(), frame.Elem(row, 1).String(), frame.Elem(row, 2).String(),
			frame.Elem(row, 3).Float(), frame.Elem(row, 4).Float(), frame.Elem(row, 5).Float()}
		want := []any{runs.Times[time], runs.Populations[a], string(q), runs.Moments.Table(q)[time][a],
			runs.StandardError.Table(q)[time][a], prediction.Moments.Table(q)[time][a]}
		if !slices.Equal(cells, want) {
			t.Errorf("row %d: %v, want %v", row, cells, want)
		}
	}
	all, one := Moments(nil, nil, prediction), MomentsAt(1, nil, nil, prediction)
	if one.Err != nil || all.Subset([]int{8, 9, 10, 11, 12, 13, 14, 15}).String() != one.String() {
		t.Errorf("MomentsAt: %v", one)
	}
}

func TestMomentsRefusesWhatDoesNotMatch(t *testing.T) {
	runs, prediction := analysistest.Summary(rand.New(rand.NewPCG(1, 1)), 5, 3, 0)
	early, others, ragged := *prediction, *prediction, *prediction
	early.Times = early.Times[:2]
	others.Populations = []string{"E", "J"}
	ragged.Rate = [][]float64{{1, 2}, {1, 2}, {1}}
	for path, err := range map[string]error{
		"results":           Moments(nil, nil, nil).Err,
		"limit.times":       Moments(runs, &early, nil).Err,
		"finite.population": Moments(runs, nil, &others).Err,
		"finite.rate":       Moments(nil, nil, &ragged).Err,
		"t:":                MomentsAt(0.5, runs, nil, nil).Err,
		"limit.times: 2":    MomentsAt(1, runs, &early, nil).Err,
	} {
		var input *bnn.InputError
		if !errors.As(err, &input) || !strings.HasPrefix(err.Error(), path) {
			t.Errorf("error %v, want one of %s", err, path)
		}
	}
}

func TestHTML(t *testing.T) {
	runs, _ := analysistest.Summary(rand.New(rand.NewPCG(1, 1)), 5, 1, 0)
	runs.Populations[0] = "<E>"
	runs.StandardError.Populations[0] = "<E>"
	runs.Mean[0][0] = 1.0 / 3
	runs.StandardError.Mean[0][0] = math.NaN()
	page := HTML(Moments(runs, nil, nil))
	for _, part := range []string{
		`<table class="frame">`, "&lt;E&gt;", `<td class="number" style="text-align:right;padding:0.2em 0.4em;white-space:nowrap">0.333333</td>`, `scope="col">t</th>`, ">NaN<",
	} {
		if !strings.Contains(page, part) {
			t.Errorf("no %s in %s", part, page)
		}
	}
	exact := ExactHTML(Moments(runs, nil, nil))
	if got := strings.ReplaceAll(exact, ">0.3333333333333333<", ">0.333333<"); got == exact || strings.Count(got, "<td") != strings.Count(page, "<td") {
		t.Errorf("not all digits in %s", exact)
	}
	if page := HTML(Moments(nil, nil, nil)); !strings.Contains(page, "results: none") {
		t.Errorf("no error in %s", page)
	}
}
