package leap

import (
	"math"
	"sync"

	"balanced/bnn"
)

// A rateTable holds a sigmoid from 0 to 1 of a standardised potential x, as cubics on
// cells of width 1/rateCellsPerUnit between −rateTableEnd and rateTableEnd, which take
// its values and slopes at the nodes. The error is the fourth derivative times
// width⁴/384: below 1e-10, and relative to the value in the tails of a logistic.
// Beyond the ends the value is that at the end, within 2e-14 of 0 or 1.
type rateTable struct {
	cells    [rateCells]rateCell
	steepest float64 // largest slope by x
}

const (
	rateTableEnd     = 32
	rateCellsPerUnit = 64
	rateCells        = 2 * rateTableEnd * rateCellsPerUnit
	rateTableTop     = rateCells - 1e-9 // the last place inside the last cell
)

// A rateCell is c0 + f(c1 + f(c2 + f c3)), 0 ≤ f ≤ 1 being the place in the cell.
type rateCell struct{ c0, c1, c2, c3 float64 }

var (
	logisticTable = sync.OnceValue(func() *rateTable { return newRateTable(bnn.Logistic{Max: 1, Slope: 1, Threshold: 0}) })
	probitTable   = sync.OnceValue(func() *rateTable { return newRateTable(bnn.Probit{Max: 1, Slope: 1, Threshold: 0}) })
)

func newRateTable(rate bnn.ExpectedRate) *rateTable {
	t := &rateTable{}
	const width = 1.0 / rateCellsPerUnit
	at := rate.Expectation(-rateTableEnd, 0)
	left, leftSlope := at.Value, at.First
	for i := range t.cells {
		at := rate.Expectation(-rateTableEnd+float64(i+1)*width, 0)
		right, rightSlope := at.Value, at.First
		rise := right - left
		t.cells[i] = rateCell{left, width * leftSlope,
			3*rise - width*(2*leftSlope+rightSlope), width*(leftSlope+rightSlope) - 2*rise}
		left, leftSlope = right, rightSlope
		t.steepest = math.Max(t.steepest, rightSlope)
	}
	return t
}

// A Rate is a bnn.Rate by its table: λ(v) = max·(table at scale·v + offset, counted
// in cells).
type Rate struct {
	*rateTable
	max, scale, offset float64
	steepness          float64  // β, or for other rates 4λ′/max where λ is steepest, as for a logistic
	direct             bnn.Rate // what no table serves; nil otherwise
}

// Tabulate gives the table of a rate. A constant is half of a logistic of no slope; rates of other
// kinds than the sigmoids have tables of their own (tabulate).
func Tabulate(rate bnn.Rate) Rate {
	switch r := rate.(type) {
	case bnn.Logistic:
		return standard(logisticTable(), r.Max, r.Slope, r.Threshold)
	case bnn.Probit:
		return standard(probitTable(), r.Max, r.Slope, r.Threshold)
	case bnn.ConstantRate:
		return standard(logisticTable(), 2*r.Value, 0, 0)
	}
	return tabulate(rate)
}

func standard(table *rateTable, height, slope, threshold float64) Rate {
	return Rate{rateTable: table, max: height, scale: slope * rateCellsPerUnit,
		offset: (rateTableEnd - slope*threshold) * rateCellsPerUnit, steepness: slope}
}

// cell returns the cell of a potential at x = scale·v + offset and the place f in it.
func (t *rateTable) cell(x float64) (cell *rateCell, f float64) {
	if x < 0 {
		x = 0
	}
	if x > rateTableTop {
		x = rateTableTop
	}
	i := int(x)
	return &t.cells[i&(rateCells-1)], x - float64(i)
}

// value returns λ(v)/max.
func (c *rateCell) value(f float64) float64 { return c.c0 + f*(c.c1+f*(c.c2+f*c.c3)) }

// slope returns λ′(v)/(max·scale).
func (c *rateCell) slope(f float64) float64 { return c.c1 + f*(2*c.c2+3*f*c.c3) }

// DerivativeBound returns the largest value of λ′: exactly for the sigmoids, and otherwise the
// steepest slope of the table, which takes a jump for a rise over one cell.
func (r *Rate) DerivativeBound() float64 {
	return r.max * r.steepest * r.scale / rateCellsPerUnit
}
