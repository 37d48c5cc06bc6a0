package model

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// A RegimesQuestion asks what becomes of some networks, those of a piece of a map, as a message
// of kind "regimes".
type RegimesQuestion struct {
	Networks []json.RawMessage `json:"networks"` // 1 to 64
	To       float64           `json:"to"`       // the time until which they are followed, ≥ 0
}

// A RegimesAnswer has a word for each network, in order: that of the verdict, and "" for what is
// no network.
type RegimesAnswer struct {
	Words   []theory.Fate `json:"words"`
	Problem *Problem      `json:"problem"`
}

const mostNetworks = 64

// wordOf are the words of verdicts for the regimes of package theory.
var wordOf = map[theory.Regime]theory.Fate{
	theory.RegimeBalanced: Balanced, theory.RegimeRunaway: theory.Runaway, theory.RegimeSilent: theory.Silent,
	theory.RegimeFold: theory.Tipping, theory.RegimeOscillation: Oscillating, theory.RegimeNone: theory.Unbalanced,
}

// Answer finds the regimes one after the other. The error is a *bnn.InputError, or the cause of the context.
func (q RegimesQuestion) Answer(ctx context.Context) (*RegimesAnswer, error) {
	if len(q.Networks) < 1 || len(q.Networks) > mostNetworks {
		return nil, &bnn.InputError{Path: "networks", Value: fmt.Sprintf("a list of %d", len(q.Networks)), Allowed: fmt.Sprintf("1 to %d networks", mostNetworks)}
	}
	if _, err := rowTimes(q.To, max(q.To, 1)); err != nil {
		return nil, err
	}
	answer := &RegimesAnswer{Words: make([]theory.Fate, len(q.Networks))}
	for i, text := range q.Networks {
		network, err := parse[bnn.Network](text)
		if err != nil {
			continue
		}
		course, err := theory.FindRegime(ctx, &network, q.To)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if err != nil {
			continue
		}
		answer.Words[i] = wordOf[course.Regime]
		if course.Regime == theory.RegimeBalanced && slices.Max(course.Rate) < leastRate {
			answer.Words[i] = theory.Silent // as in the verdict: inhibition wins slowly
		}
	}
	return answer, nil
}
