package show

import (
	"balanced/analysis"
	"balanced/bnn"
	"balanced/bnn/store"
)

// Derived is the verdict on a claim that is derived in this project: what it says, its nearest rival, why differences within the
// margins do not matter, and what was measured, all in words, as the fields of analysis.Claim, and the comparisons that
// it stands on. A claim that Claim.Test refuses panics.
func Derived(says, rival, because, data string, comparisons ...analysis.Comparison) analysis.Verdict {
	return bnn.Must(analysis.Claim{Says: says, Label: analysis.Derived, Rival: rival, Because: because, Data: data}.Test(comparisons...))
}

// Stated is the verdict on a claim that the abstract of the paper states, and otherwise Derived.
func Stated(says, rival, because, data string, comparisons ...analysis.Comparison) analysis.Verdict {
	return bnn.Must(analysis.Claim{Says: says, Label: analysis.Stated, Rival: rival, Because: because, Data: data}.Test(comparisons...))
}

// Heuristic is the verdict on a claim that an argument suggests and nothing derives, and otherwise Derived.
func Heuristic(says, rival, because, data string, comparisons ...analysis.Comparison) analysis.Verdict {
	return bnn.Must(analysis.Claim{Says: says, Label: analysis.Heuristic, Rival: rival, Because: because, Data: data}.Test(comparisons...))
}

// Store is the store of finished replicas that a chapter reads and fills: store.Default, or a panic where it cannot be opened.
func Store() *store.Store { return bnn.Must(store.Default()) }
