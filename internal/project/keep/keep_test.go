package keep

import (
	"errors"
	"math"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/store"
)

type result struct {
	Name   string
	Values []float64
	At     map[string][]float64
}

// What is computed once comes back bit for bit, as long as name, inputs and code are the same.
func TestValue(t *testing.T) {
	in := store.At(t.TempDir())
	computed := 0
	compute := func() (*result, error) {
		computed++
		return &result{"a", []float64{1.0 / 3, math.NaN(), math.Inf(-1), math.Copysign(0, -1)}, map[string][]float64{"x": {5e-324}}}, nil
	}
	type inputs struct{ N int }
	get := func(name string, n int) *result {
		t.Helper()
		value, err := Value(t.Context(), in, name, inputs{n}, compute)
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	first := get("moments", 10)
	again := get("moments", 10)
	if computed != 1 {
		t.Errorf("computed %d times, want once", computed)
	}
	for i, x := range first.Values {
		if math.Float64bits(x) != math.Float64bits(again.Values[i]) {
			t.Errorf("value %d is %v and comes back as %v", i, x, again.Values[i])
		}
	}
	if again.Name != "a" || again.At["x"][0] != 5e-324 {
		t.Errorf("came back as %+v", again)
	}
	get("moments", 11)
	get("others", 10)
	if computed != 3 {
		t.Errorf("computed %d times, want 3: other inputs and another name", computed)
	}
	other, err := Value(t.Context(), in, "moments", inputs{10}, func() (*result, error) { return &result{Name: "b"}, nil })
	if err != nil || other.Name != "b" {
		t.Errorf("other code gives %+v, %v", other, err)
	}
	number, err := Value(t.Context(), in, "moments", inputs{10}, func() (float64, error) { return 7, nil })
	if err != nil || number != 7 {
		t.Errorf("another type gives %v, %v", number, err)
	}
}

// Of a computation that fails nothing is kept.
func TestValueOfAFailure(t *testing.T) {
	in := store.At(t.TempDir())
	broken := errors.New("no")
	for want := range 2 {
		value, err := Value(t.Context(), in, "x", nil, func() (int, error) {
			if want == 0 {
				return 1, broken
			}
			return 2, nil
		})
		if (want == 0) != errors.Is(err, broken) || value != want+1 {
			t.Errorf("%d, %v", value, err)
		}
		if want == 0 {
			continue
		}
	}
}

func TestRefused(t *testing.T) {
	in := store.At(t.TempDir())
	refused := func(path string, err error) {
		t.Helper()
		var input *bnn.InputError
		if !errors.As(err, &input) || !strings.HasPrefix(input.Path, path) {
			t.Errorf("error %v, want one of %s", err, path)
		}
	}
	_, err := Value(t.Context(), in, "", nil, func() (int, error) { return 1, nil })
	refused("name", err)
	_, err = Value(t.Context(), in, "x", math.NaN(), func() (int, error) { return 1, nil })
	refused("inputs", err)
	_, err = Value(t.Context(), in, "x", nil, func() (struct{ hidden int }, error) { return struct{ hidden int }{}, nil })
	refused("value", err)
	_, err = Value(t.Context(), in, "x", nil, func() (map[string]func(), error) { return nil, nil })
	refused("value", err)
	_, err = Value(t.Context(), in, "x", nil, func() ([]bnn.Rate, error) { return nil, nil })
	refused("value", err)
	_, err = Value(t.Context(), in, "x", []any{struct{ n int }{1}}, func() (int, error) { return 1, nil })
	refused("inputs", err)
	if _, err = Value(t.Context(), in, "x", nil, func() (*bnn.Moments, error) { return &bnn.Moments{}, nil }); err != nil {
		t.Error(err)
	}
}
