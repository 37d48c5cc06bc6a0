package ode

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// randomGroups is a Grouped with groups of 1 to 4 components out of order, and the same as a matrix.
func randomGroups(random *rand.Rand, groups, rank int) (form *Grouped, write GroupedFunc, whole *mat.Dense) {
	form = &Grouped{}
	d := 0
	for b := range groups {
		form.Groups = append(form.Groups, make([]int, 1+b%4))
		d += 1 + b%4
	}
	order := random.Perm(d)
	for _, group := range form.Groups {
		copy(group, order)
		order = order[len(group):]
	}
	fill := func(rows, columns int) *mat.Dense {
		m := mat.NewDense(rows, columns, nil)
		m.Apply(func(int, int, float64) float64 { return random.NormFloat64() }, m)
		return m
	}
	form.Into = fill(d, rank)
	if rank < groups {
		form.From = fill(rank, groups)
	}
	output, local := mat.NewDense(groups, d, nil), mat.NewDense(d, d, nil)
	for b, group := range form.Groups {
		for _, row := range group {
			output.Set(b, row, random.NormFloat64())
			for _, column := range group {
				local.Set(row, column, random.NormFloat64())
			}
			local.Set(row, row, local.At(row, row)-2*float64(d))
		}
	}
	whole = mat.NewDense(d, d, nil)
	if form.From == nil {
		whole.Mul(form.Into, output)
	} else {
		var heard mat.Dense
		heard.Mul(form.From, output)
		whole.Mul(form.Into, &heard)
	}
	whole.Add(whole, local)
	return form, func(_ float64, _ []float64, to *Grouped) {
		for b, group := range to.Groups {
			for i, row := range group {
				to.Output[b][i] = output.At(b, row)
				for j, column := range group {
					to.Local[b][i*len(group)+j] = local.At(row, column)
				}
			}
		}
	}, whole
}

// Systems in groups have the solutions that the same matrix without any structure has.
func TestGroupedSolves(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, c := range []struct{ groups, rank int }{{1, 1}, {2, 2}, {9, 9}, {9, 2}, {30, 5}} {
		form, write, whole := randomGroups(random, c.groups, c.rank)
		d, _ := whole.Dims()
		grouped := newSplitting(newGrouped(write, form), d)
		plain := newSplitting(newDense(func(_ float64, _ []float64, to *mat.Dense) { to.Copy(whole) }, d), d)
		for _, h := range []float64{1e-6, 0.1, 100} {
			x := make([]float64, stages*d)
			for i := range x {
				x[i] = random.NormFloat64()
			}
			want := append([]float64(nil), x...)
			for _, s := range []*splitting{grouped, plain} {
				s.linearise(0, nil)
				if err := s.prepare(context.Background(), h); err != nil {
					t.Fatal(err)
				}
			}
			filtered := append([]float64(nil), x[:d]...)
			wantFiltered := append([]float64(nil), x[:d]...)
			if !grouped.solve(h, x) || !plain.solve(h, want) || !grouped.solveSingle(filtered) || !plain.solveSingle(wantFiltered) {
				t.Fatalf("%d groups, rank %d, step %g: no solution", c.groups, c.rank, h)
			}
			for i := range x {
				if math.Abs(x[i]-want[i]) > 1e-10*(1+math.Abs(want[i])) {
					t.Fatalf("%d groups, rank %d, step %g: %g at %d, want %g", c.groups, c.rank, h, x[i], i, want[i])
				}
			}
			for i := range filtered {
				if math.Abs(filtered[i]-wantFiltered[i]) > 1e-10*math.Abs(wantFiltered[i]) {
					t.Fatalf("%d groups, rank %d, step %g, real shift: %g at %d, want %g", c.groups, c.rank, h, filtered[i], i, wantFiltered[i])
				}
			}
		}
	}
}

// What has no solution is told: a group by itself that is singular at the shift, and numbers that are not finite.
func TestGroupedSingular(t *testing.T) {
	form := &Grouped{Groups: [][]int{{0, 1}}, Into: mat.NewDense(2, 1, nil)}
	g := newGrouped(func(_ float64, _ []float64, to *Grouped) { copy(to.Local[0], []float64{2, 0, 0, 1}) }, form)
	g.linearise(0, nil)
	if err := g.factorise(context.Background(), 2, []complex128{3 + 1i, 5}); err != nil {
		t.Fatal(err)
	}
	if g.solveSingle([]float64{1, 1}) {
		t.Error("a shift by an eigenvalue has a solution")
	}
	if x := []float64{1, 1, 0, 0}; !g.solvePair(0, x) || math.Abs(x[0]-0.5) > 1e-15 || math.Abs(x[2]+0.5) > 1e-15 {
		t.Errorf("the solution with the other shift is %g", x)
	}
	if g.solvePair(0, []float64{math.NaN(), 1, 0, 0}) {
		t.Error("a right-hand side that is no number has a solution")
	}
}
