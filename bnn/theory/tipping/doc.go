// Package tipping tells where a large network with one balanced direction leaves its balance, and how
// sharply (theory.md §18): how far its potentials may be pushed before it runs away, how chance and a
// finite n blur that threshold, and how late it jumps after a fold.
//
//	push, at, err := tipping.Threshold(network, rest.Mean, rest.Variance, 0.5, 3)
//	width := at.Width(1000)                  // of the sigmoid by which n = 1000 runs away
//	fold, err := tipping.At(network, lost.Mean, lost.Variance, 0)
//	late := fold.Delay(1000)                 // of the jump, after the limit has ended
//
// It is for weights of rank 1, J_ab = u_a w_b, and no feedforward sources.
package tipping
