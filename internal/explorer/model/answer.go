package model

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"

	"balanced/bnn"
)

// Answer answers a question of a kind: "limit", "finite", "manifold", "states", "spectrum",
// "regimes", "raster", "cell" or "file". The question is the JSON text of the struct LimitQuestion,
// FiniteQuestion and so on, and the answer that of a LimitAnswer, FiniteAnswer and so on. Where
// there is no answer it is {"problem": …} with a Problem. The context can end those
// that take time: a limit, states, a spectrum, regimes and a raster.
func Answer(ctx context.Context, kind string, question []byte) []byte {
	switch kind {
	case "limit":
		return respond(question, func(q LimitQuestion) (*LimitAnswer, error) { return q.Answer(ctx) })
	case "finite":
		return respond(question, FiniteQuestion.Answer)
	case "manifold":
		return respond(question, ManifoldQuestion.Answer)
	case "states":
		return respond(question, func(q StatesQuestion) (*StatesAnswer, error) { return q.Answer(ctx) })
	case "spectrum":
		return respond(question, func(q SpectrumQuestion) (*SpectrumAnswer, error) { return q.Answer(ctx) })
	case "regimes":
		return respond(question, func(q RegimesQuestion) (*RegimesAnswer, error) { return q.Answer(ctx) })
	case "raster":
		return respond(question, func(q RasterQuestion) (*RasterAnswer, error) { return q.Answer(ctx) })
	case "cell":
		return respond(question, CellQuestion.Answer)
	case "file":
		return respond(question, FileQuestion.Answer)
	}
	return encode(failure{problemOf(&bnn.InputError{Path: "kind", Value: strconv.Quote(kind), Allowed: "a kind of question"})})
}

// A failure is the answer where there is none.
type failure struct {
	Problem *Problem `json:"problem"`
}

// respond reads a question, answers it and writes the answer.
func respond[Q, A any](text []byte, answer func(Q) (*A, error)) []byte {
	question, err := parse[Q](text)
	if err != nil {
		return encode(failure{problemOf(err)})
	}
	result, err := answer(question)
	if err != nil {
		return encode(failure{problemOf(err)})
	}
	return encode(result)
}

// parse reads a question. The error is a *bnn.InputError.
func parse[Q any](text []byte) (Q, error) {
	var question Q
	err := json.Unmarshal(text, &question)
	var refused *bnn.InputError
	var mistyped *json.UnmarshalTypeError
	switch {
	case err == nil || errors.As(err, &refused):
		return question, err
	case errors.As(err, &mistyped):
		return question, &bnn.InputError{Path: mistyped.Field, Value: mistyped.Value, Allowed: "of type " + mistyped.Type.String()}
	}
	return question, &bnn.InputError{Path: "question", Value: err.Error(), Allowed: "JSON text"}
}

// encode writes an answer. What JSON cannot hold, a number that is not finite, is a problem.
func encode(answer any) []byte {
	text, err := json.Marshal(answer)
	if err != nil {
		text, _ = json.Marshal(failure{problemOf(fmt.Errorf("the answer cannot be written: %w", err))})
	}
	return text
}

// A Number is one that there may not be: NaN, which is written as null. All numbers else are
// finite.
type Number float64

// MarshalJSON returns the number, or null if it is not finite.
func (n Number) MarshalJSON() ([]byte, error) {
	if !isFinite(float64(n)) {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, float64(n), 'g', -1, 64), nil
}

func isFinite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// none stands for a number that there is not.
var none = Number(math.NaN())

// mostRows is more than a figure shows.
const mostRows = 10_000

// rowTimes are the times 0, every, 2·every, … to, at most mostRows of them. The error is a
// *bnn.InputError.
func rowTimes(to, every float64) ([]float64, error) {
	if !(to/every < mostRows) { // also for a NaN
		every = 0 // which gives no times
	}
	times := bnn.Every(every, to)
	if times == nil {
		return nil, &bnn.InputError{Path: "to, every", Value: fmt.Sprintf("%g and %g", to, every),
			Allowed: fmt.Sprintf("a finite number ≥ 0 and one > 0 that make at most %d rows", mostRows)}
	}
	return times, nil
}
