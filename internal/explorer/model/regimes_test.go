package model

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// The words of a map are those of the verdicts on its networks, whatever becomes of them.
func TestRegimesAreVerdicts(t *testing.T) {
	found := map[theory.Fate]int{}
	began, asked := time.Now(), 0
	for _, name := range []string{"abstract", "tipping", "dense"} {
		var networks []*bnn.Network
		for _, weight := range []float64{-0.02, -0.5, -0.9, -1.5, -2.5} {
			for _, threshold := range []float64{-1, 0.25, 1, 2} {
				networks = append(networks, change(t, name, func(n *bnn.Network) {
					rate := n.Populations[1].Rate.(bnn.Logistic)
					rate.Threshold = threshold
					n.Populations[1].Rate = rate
					n.Weights[0][1] = weight
				}))
			}
		}
		answer := ask[RegimesAnswer](t, "regimes", object{"networks": networks, "to": 8})
		if answer.Problem != nil || len(answer.Words) != len(networks) {
			t.Fatalf("%+v", answer)
		}
		asked += len(networks)
		for i, network := range networks {
			limit := ask[LimitAnswer](t, "limit", object{"network": network, "to": 8, "every": 1, "n": 0})
			if word := answer.Words[i]; word != limit.Verdict.Word {
				t.Errorf("%s %v: %q in the map, and the verdict is %q", name, network.Weights[0][1], word, limit.Verdict.Word)
			}
			found[answer.Words[i]]++
		}
	}
	t.Logf("%d networks in %v: %v", asked, time.Since(began), found)
	if len(found) < 3 || found[Balanced] == 0 {
		t.Errorf("only %v are found", found)
	}
}

// What is no network has no word, and does not keep the others from theirs.
func TestRegimesOfNonsense(t *testing.T) {
	good := json.RawMessage(text(t, preset(t, "abstract")))
	answer := ask[RegimesAnswer](t, "regimes", object{"networks": []json.RawMessage{json.RawMessage(`{"name":3}`), good, json.RawMessage(`[]`)}, "to": 1})
	if answer.Problem != nil || len(answer.Words) != 3 || answer.Words[0] != "" || answer.Words[1] != Balanced || answer.Words[2] != "" {
		t.Errorf("%+v", answer)
	}
	for path, question := range map[string]object{
		"networks": {"networks": []any{}, "to": 1}, "to, every": {"networks": []json.RawMessage{good}, "to": -1},
	} {
		if got := ask[RegimesAnswer](t, "regimes", question); got.Problem == nil || got.Problem.Kind != "input" || !strings.HasPrefix(got.Problem.Text, path) {
			t.Errorf("%s: %+v", path, got.Problem)
		}
	}
}
