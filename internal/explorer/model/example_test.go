package model_test

import (
	"context"
	"encoding/json"
	"fmt"

	"balanced/internal/explorer/model"
)

// A network in which inhibition wins.
func ExampleAnswer() {
	question := `{"network": {
		"name": "silent",
		"populations": [
			{"name": "E", "tau": 1, "rate": {"kind": "logistic", "max": 1, "slope": 4, "threshold": 0.5}},
			{"name": "I", "tau": 1, "rate": {"kind": "logistic", "max": 1, "slope": 4, "threshold": 0}}
		],
		"weights": [[1, -1.5], [1, -1.5]],
		"initial": {"mean": [0, 0], "variance": [0, 0], "project": false}
	}, "low": [-1, -1], "high": [1, 1], "variance": [0, 0], "to": 1, "every": 0.5}`
	var answer struct{ Verdict model.Verdict }
	decode(model.Answer(context.Background(), "limit", []byte(question)), &answer)
	fmt.Println(answer.Verdict.Word)
	var curves model.ManifoldAnswer
	decode(model.Answer(context.Background(), "manifold", []byte(question)), &curves)
	points := curves.Curves[0].Points
	fmt.Printf("from %.2f to %.2f\n", points[0], points[len(points)-1])
	// Output:
	// silent
	// from [-0.40 -1.00] to [1.00 0.09]
}

func decode(text []byte, answer any) {
	if err := json.Unmarshal(text, answer); err != nil {
		panic(err)
	}
}
