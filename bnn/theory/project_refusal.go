package theory

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
)

// refuse says why there is no balance, from how the fast flow ended.
func (p projection) refuse(end manifold.Outcome) error {
	unstable, found := p.unstablePair()
	if found {
		pair := fmt.Sprintf("the balanced state nearest to %s is unstable by a complex pair of S, with growth √n · %.9g and angular frequency √n · %.9g",
			p.start(), unstable.Stability, unstable.Frequency)
		switch end.Ending {
		case manifold.Cycling:
			unstable.Reason = fmt.Sprintf("%s; the network goes round a cycle of angular frequency √n · %.4g", pair, end.Frequency)
			return unstable
		case manifold.Settled:
			unstable.Reason = pair + "; the slightest push leaves it"
			return unstable
		case manifold.Restless:
			unstable.Reason = pair + "; the network finds no rest"
			return unstable
		}
		fate, reason := p.escape(end)
		return p.notBalanced(fate, end.Mean, pair+"; "+reason)
	}
	if end.Ending == manifold.Cycling {
		return &BalanceLostError{Kind: Oscillation, Time: p.time, Frequency: end.Frequency, Mean: end.Mean, Variance: slices.Clone(p.variance),
			Reason: fmt.Sprintf("from %s the means go round a cycle and come to no balanced state", p.start())}
	}
	if end.Ending == manifold.Faded && linear.Norm(linear.Difference(end.Mean, p.mean)) == 0 {
		return p.notBalanced(Unbalanced, end.Mean, "S = W diag(F′) U is singular: the rates do not respond to the potentials, so that nothing keeps a balance")
	}
	if end.Ending == manifold.Restless {
		return p.notBalanced(Unbalanced, end.Mean, strings.TrimPrefix(p.impossible()+"; ", "; ")+
			"the fast dynamics along the weights do not come to rest, nor to a cycle")
	}
	fate, reason := p.escape(end)
	if why := p.impossible(); why != "" {
		reason = why + "; " + reason
		if fate != Runaway && linear.Norm(p.drive) > 0 {
			fate = Unbalanced // neither wins: the drive asks for what there is not
		}
	}
	return p.notBalanced(fate, end.Mean, reason)
}

// unstablePair finds the balanced state that a complex pair of S makes unstable: of full
// rank there is one only, wherever the start is, and otherwise it is looked for close to that.
func (p projection) unstablePair() (*BalanceLostError, bool) {
	const close = 0.01
	if p.Rank < 2 {
		return nil, false
	}
	state, ok := p.SoleBalance(p.drive, p.mean, p.variance)
	if !ok {
		state, ok = p.Polish(p.drive, p.mean, p.variance)
		ok = ok && linear.Norm(linear.Difference(state, p.mean)) <= close*(1+linear.Norm(p.mean))
	}
	if !ok {
		return nil, false
	}
	leading := p.Leading(p.Expectations(state, p.variance))
	if real(leading) < 0 || imag(leading) == 0 {
		return nil, false
	}
	return &BalanceLostError{Kind: Oscillation, Time: p.time, Frequency: imag(leading), Stability: real(leading),
		Mean: state, Variance: slices.Clone(p.variance)}, true
}

// escape says where the means go that leave every bound, or whose rates saturate.
func (p projection) escape(end manifold.Outcome) (Fate, string) {
	up, down := p.ways(end.Mean)
	excited := slices.ContainsFunc(up, func(a int) bool { return p.excites(a) })
	from := "from " + p.start()
	switch {
	case len(down) == 0:
		return Runaway, fmt.Sprintf("excitation wins: %s the means run away upward along the weights and reach no zero of W F + β", from)
	case len(up) == 0 && len(down) == len(p.mean):
		return Silent, fmt.Sprintf("inhibition wins: %s the means fall along the weights, the rates die out and no zero of W F + β is reached", from)
	}
	reason := from + " the mean of " + p.names(down) + " falls without bound"
	if len(up) > 0 {
		reason = from + " the mean of " + p.names(up) + " rises without bound and that of " + p.names(down) + " falls"
	}
	if excited {
		return Runaway, "excitation wins: " + reason
	}
	return Unbalanced, reason
}

// ways lists the populations whose means have gone far up and far down: by more than a
// thousandth of the largest move.
func (p projection) ways(reached []float64) (up, down []int) {
	moves := linear.Difference(reached, p.mean)
	largest := 0.0
	for _, move := range moves {
		largest = math.Max(largest, math.Abs(move))
	}
	for a, move := range moves {
		switch {
		case move > largest/1000:
			up = append(up, a)
		case move < -largest/1000:
			down = append(down, a)
		}
	}
	return up, down
}

// excites tells whether a population has positive weights.
func (p projection) excites(b int) bool {
	return slices.ContainsFunc(p.Network.Weights, func(row []float64) bool { return row[b] > 0 })
}

func (p projection) names(populations []int) string {
	var names []string
	for _, a := range populations {
		names = append(names, p.Network.Populations[a].Name)
	}
	return strings.Join(slices.Compact(names), ", ") // components of a mixture share one
}

// impossible says which rate cannot be had, if one is demanded that cannot.
func (p projection) impossible() string {
	if p.Rank == len(p.mean) && linear.Norm(p.drive) == 0 {
		return "with weights of full rank and no drive a network can only be balanced at rates 0"
	}
	population, rate, impossible := p.ImpossibleRate(p.drive)
	if !impossible {
		return ""
	}
	return fmt.Sprintf("with these weights balance needs %s to fire at rate %.4g, and it can only do so above 0 and below %g",
		p.Network.Populations[population].Name, rate, p.Network.Populations[population].Rate.Bound())
}
