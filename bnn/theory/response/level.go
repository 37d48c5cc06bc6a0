package response

import (
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// A Level is what a population does in a large network at rest.
type Level string

const (
	Within    Level = "balanced"  // it fires between silence and its maximum, and its input of order √n cancels
	Silent    Level = "silent"    // its input is −√n
	Saturated Level = "saturated" // its input is +√n, and it fires as fast as it can
)

// A Plateau is a state of a large network of which some populations may be silent or saturated. Slices have one entry a population.
type Plateau struct {
	Populations []string
	Levels      []Level
	Rate        []float64
	Input       []float64 // (B F + b)_a, the mean input over √n: 0 where balanced
}

// String names what is not balanced, as "E silent" or "E saturated, I saturated", or says "balanced".
func (p Plateau) String() string {
	var words []string
	for a, level := range p.Levels {
		if level != Within {
			words = append(words, p.Populations[a]+" "+string(level))
		}
	}
	if words == nil {
		return string(Within)
	}
	return strings.Join(words, ", ")
}

// Regime is the word that maps of regimes have for it: runaway if a population is saturated, else silent if one is silent, else balanced.
func (p Plateau) Regime() theory.Regime {
	switch {
	case slices.Contains(p.Levels, Saturated):
		return theory.RegimeRunaway
	case slices.Contains(p.Levels, Silent):
		return theory.RegimeSilent
	}
	return theory.RegimeBalanced
}

// Observed is the state that rates show, as those of a simulation: silent below 1 % of the bound and saturated above 95 %, the levels of
// simulate.Silent and RunsAway. There is one rate a population; inputs are not known.
func Observed(network *bnn.Network, rates []float64) Plateau {
	seen := Plateau{Rate: rates}
	for a, population := range network.Populations {
		level, bound := Within, population.Rate.Bound()
		if rates[a] < 0.01*bound {
			level = Silent
		} else if rates[a] > 0.95*bound {
			level = Saturated
		}
		seen.Populations, seen.Levels = append(seen.Populations, population.Name), append(seen.Levels, level)
	}
	return seen
}

// Plateaus are all states in which a large network can be, to leading order, with sources at rest and whatever its transfer functions are
// between 0 and their bounds: each population fires at a rate F_a strictly between these and has no input of order √n, or is silent with
// a negative one, or saturated with a positive one (theory.md §24). The state in which all are balanced has the rates −B⁻¹b, if these are
// within the bounds. Left out are states that no slopes make stable, det(−B) ≤ 0 of the populations that are balanced;
// others need not be stable. There is mostly one, and on the border between two there is none.
//
// All 3^P choices are tried. The error is a *bnn.InputError: for a network that is not valid, more than 8 populations, or bounds of 0.
func Plateaus(network *bnn.Network) ([]Plateau, error) {
	const most = 8
	if err := network.Validate(); err != nil {
		return nil, err
	}
	p := len(network.Populations)
	if p > most {
		return nil, &bnn.InputError{Path: "populations", Value: fmt.Sprint(p), Allowed: fmt.Sprintf("at most %d: all 3^P choices are tried", most)}
	}
	count, names := 1, make([]string, p)
	for a, population := range network.Populations {
		if population.Rate.Bound() <= 0 {
			return nil, &bnn.InputError{Path: bnn.IndexPath("populations", a) + ".rate", Value: "bound 0", Allowed: "a rate that can be positive"}
		}
		count, names[a] = 3*count, population.Name
	}
	b, drive := coupling(network), Drive(network)
	var found []Plateau
	for code := range count {
		plateau := Plateau{Populations: names, Levels: make([]Level, p), Rate: make([]float64, p), Input: make([]float64, p)}
		for a := range p {
			plateau.Levels[a] = []Level{Within, Silent, Saturated}[code%3]
			code /= 3
		}
		if plateau.solve(network, b, drive) {
			found = append(found, plateau)
		}
	}
	return found, nil
}

// solve finds the rates of the populations that are balanced, and tells whether all is as the levels say.
func (p *Plateau) solve(network *bnn.Network, b *mat.Dense, drive []float64) bool {
	var within []int
	for a, level := range p.Levels {
		switch level {
		case Within:
			within = append(within, a)
		case Saturated:
			p.Rate[a] = network.Populations[a].Rate.Bound()
		}
	}
	if len(within) > 0 {
		part, left := mat.NewDense(len(within), len(within), nil), mat.NewVecDense(len(within), nil)
		for i, a := range within {
			left.SetVec(i, drive[a]+mat.Dot(b.RowView(a), mat.NewVecDense(len(p.Rate), p.Rate)))
			for j, c := range within {
				part.Set(i, j, -b.At(a, c))
			}
		}
		if !(mat.Det(part) > 0) || left.SolveVec(part, left) != nil {
			return false
		}
		for i, a := range within {
			p.Rate[a] = left.AtVec(i)
			if !(p.Rate[a] > 0 && p.Rate[a] < network.Populations[a].Rate.Bound()) {
				return false
			}
		}
	}
	for a, level := range p.Levels {
		if level == Within {
			continue
		}
		p.Input[a] = drive[a] + mat.Dot(b.RowView(a), mat.NewVecDense(len(p.Rate), p.Rate))
		if level == Silent && !(p.Input[a] < 0) || level == Saturated && !(p.Input[a] > 0) {
			return false
		}
	}
	return true
}
