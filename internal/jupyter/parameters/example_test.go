package parameters_test

import (
	"fmt"

	"balanced/internal/jupyter/nbformat"
	"balanced/internal/jupyter/parameters"
)

func ExampleInject() {
	n := &nbformat.Notebook{Cells: []nbformat.Cell{{
		Kind:     nbformat.Code,
		Source:   "const (\n\tn    = 1000 // neurons in each class\n\tseed = 1\n)",
		Metadata: map[string]any{"tags": []any{"parameters"}},
	}}}
	if err := parameters.Inject(n, []string{"n=2000"}); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(n.Cells[1].Source)
	fmt.Println(parameters.Inject(n, []string{"m=2000"}))
	// Output:
	// // Given to bnn run: n = 2000
	// const (
	// 	n    = 2000 // neurons in each class
	// 	seed = 1
	// )
	// parameter "m": must be one of n, seed
}
