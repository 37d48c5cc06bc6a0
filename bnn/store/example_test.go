//go:build !js

package store_test

import (
	"context"
	"fmt"
	"os"

	"balanced/bnn/store"
)

// Squares are computed once: whoever asks again with the same recipe reads them.
func Example() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "squares-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	recipe := store.Recipe{Kind: "square", Code: "x * x"}

	for range 2 {
		shelf, err := store.At(folder).Shelf(ctx, recipe, store.About{Name: "squares"})
		if err != nil {
			fmt.Println(err)
			return
		}
		kept, err := shelf.ReadNumbers(ctx, 3, 4) // record 3 alone
		if err != nil {
			fmt.Println(err)
		} else if kept[0] == nil {
			fmt.Println("computed")
			if err := shelf.WriteNumbers(3, []float64{3 * 3}); err != nil {
				fmt.Println(err)
			}
		} else {
			fmt.Println("kept:", kept[0])
		}
		if err := shelf.Close(); err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// computed
	// kept: [9]
}
