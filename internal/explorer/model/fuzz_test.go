package model

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"balanced/bnn"
)

// Whatever is asked, parsing ends in a question or an InputError, and an answer is JSON.
func FuzzQuestion(f *testing.F) {
	network := string(text(f, preset(f, "feedforward")))
	for _, rest := range []string{
		`"to":1,"every":0.1,"n":100`, `"variance":[1,1],"time":0,"low":[-1,-1],"high":[1,1]`, `"n":10,"seed":1,"to":1,"rows":3`, `"to":1e308,"every":null`,
	} {
		f.Add([]byte(`{"network":` + network + `,` + rest + `}`))
	}
	f.Add([]byte(`{"network":{},"n":-1}`))
	f.Add([]byte(`[`))
	f.Fuzz(func(t *testing.T, question []byte) {
		for _, err := range []error{
			second(parse[LimitQuestion](question)), second(parse[FiniteQuestion](question)), second(parse[ManifoldQuestion](question)),
			second(parse[StatesQuestion](question)), second(parse[SpectrumQuestion](question)), second(parse[RegimesQuestion](question)), second(parse[RasterQuestion](question)), second(parse[SimulateQuestion](question)),
		} {
			var refused *bnn.InputError
			if err != nil && !errors.As(err, &refused) {
				t.Errorf("%T: %v", err, err)
			}
		}
		// These take no time, whatever the numbers are.
		for _, kind := range []string{"manifold", "cell", "file", string(question)} {
			if answer := Answer(context.Background(), kind, question); !json.Valid(answer) {
				t.Errorf("%s: %s", kind, answer)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }
