package simulate

import (
	"context"
	"errors"
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/leap"
	"balanced/bnn/theory"
)

// A leapChoice tries steps on the moments, as long as that may take.
type leapChoice struct {
	plan      *plan
	reference *bnn.Moments            // nil where the scheme is its own
	known     map[float64]bnn.Moments // each step is asked for twice then, by itself and as half of one
	left      float64                 // seconds
}

const (
	// leastChoice is how many seconds a choice may take at least.
	leastChoice = 10
	// Nanoseconds of a step of the moments: a population with its expectations, a pathway, and an
	// operation of the elimination that solves the implicit equation where the rank is not low.
	momentNanoseconds, pathwayNanoseconds, eliminationNanoseconds = 6000, 10, 0.3
)

// choiceSeconds is what choosing a step may take: as long as one replica, with the step that
// Cost takes for granted, or leastChoice. Both are estimates, so that the choice is the same on
// all machines.
func (p *plan) choiceSeconds() float64 {
	return math.Max(leastChoice, p.replicaCost(Leap{}, 1).Seconds)
}

// chosenByEquations tells whether the finite-n equations take no longer than the choice may.
func (p *plan) chosenByEquations() bool {
	cost, err := theory.FiniteSizeCost(p.network, p.times)
	return err != nil || cost.Seconds <= p.choiceSeconds()
}

// leapChoice makes the choice ready. Its error is that of the context. Where the scheme is its own
// reference fallback tells why.
func (p *plan) leapChoice(ctx context.Context) (choice *leapChoice, fallback string, err error) {
	choice = &leapChoice{plan: p, known: map[float64]bnn.Moments{}, left: p.choiceSeconds()}
	switch {
	case p.shares():
		return choice, "the step was chosen by halving steps: moments leave out what shared sources do to all neurons, and the equations at finite n do not", nil
	case p.spreads():
		return choice, "the step was chosen by halving steps: moments leave out what potentials and spread thresholds have in common, " +
			"and the equations at finite n do not", nil
	case !p.chosenByEquations():
		return choice, "the step was chosen by halving steps: the equations at finite n would take longer than a replica", nil
	}
	reference, err := theory.FiniteSize(ctx, p.network, p.n, p.times)
	var input *bnn.InputError
	switch {
	case ctx.Err() != nil:
		return nil, "", context.Cause(ctx)
	case err == nil:
		choice.reference = &reference.Moments
		return choice, "", nil
	case errors.As(err, &input) && input.Path != "times":
		return nil, "", err
	}
	return choice, fmt.Sprintf("the step was chosen by halving steps, since the equations at finite n have no solution to compare with: %v", err), nil
}

// seconds is what a trial of a step takes.
func (c *leapChoice) seconds(step float64) float64 {
	grid, err := c.plan.leapGrid(step)
	if err != nil {
		return 0 // it is not tried
	}
	populations := float64(len(c.plan.counts))
	pathways := populations * (populations + float64(len(c.plan.sources)))
	return 1e-9 * float64(len(grid)) * (populations*momentNanoseconds + pathways*pathwayNanoseconds + eliminationNanoseconds*populations*populations*populations)
}

// affords tells whether there is time left to ask for the error of a step.
func (c *leapChoice) affords(step float64) bool {
	if c.reference == nil {
		step /= 2 // itself is known
	}
	return c.seconds(step) <= c.left
}

// errorOf tells how far off means and variances are at most with a step, +Inf if the scheme fails
// with it or it makes too many of them. Its error is that of the context.
func (c *leapChoice) errorOf(ctx context.Context, step float64) (float64, error) {
	moments, err := c.solve(ctx, step)
	if err != nil {
		return 0, err
	}
	if c.reference != nil {
		return c.plan.farthest(moments, *c.reference), nil
	}
	fine, err := c.solve(ctx, step/2)
	return 4. / 3 * c.plan.farthest(moments, fine), err
}

func (c *leapChoice) solve(ctx context.Context, step float64) (bnn.Moments, error) {
	if moments, ok := c.known[step]; ok {
		return moments, nil
	}
	c.left -= c.seconds(step)
	moments, err := c.plan.leapTrajectory(ctx, step)
	c.known[step] = moments
	return moments, err
}

// farthest returns the largest distance of means and variances, NaN counting as infinite.
func (p *plan) farthest(moments, reference bnn.Moments) float64 {
	largest := 0.0
	for _, pair := range [2][2][][]float64{{moments.Mean, reference.Mean}, {moments.Variance, reference.Variance}} {
		for row := range p.times {
			for a, want := range pair[1][row] {
				off := math.Abs(pair[0][row][a]-want) / math.Max(1, math.Abs(want))
				if math.IsNaN(off) {
					return math.Inf(1)
				}
				largest = math.Max(largest, off)
			}
		}
	}
	return largest
}

// leapTrajectory applies the scheme to the moments. Where it fails numerically, they are
// NaN from there on. The error is the cause of the context.
func (p *plan) leapTrajectory(ctx context.Context, step float64) (bnn.Moments, error) {
	result := bnn.NewMoments(p.network.PopulationNames(), p.times)
	for _, table := range result.Tables() {
		for _, row := range table {
			for a := range row {
				row[a] = math.NaN()
			}
		}
	}
	grid, err := p.leapGrid(step)
	if err != nil {
		return result, nil
	}
	scheme := leap.NewScheme(p.leapNetwork(), 0)
	moments := leap.NewMoments(p.network, p.startMean)
	scheme.Populations = moments
	// An error is one of the scheme, which NaN tells, or the end of the context.
	look := func(float64) error { return context.Cause(ctx) }
	_ = scheme.Run(grid, p.times[0] == 0, nil, look, func(row int) {
		copy(result.Mean[row], moments.Mean)
		copy(result.Variance[row], moments.Variance)
		copy(result.Third[row], moments.Third)
		copy(result.Rate[row], scheme.After)
	})
	return result, context.Cause(ctx)
}
