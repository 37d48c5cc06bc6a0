package linear

import (
	"context"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// How a large matrix is cut: into panels of so many columns, and what is left of it at
// each panel into blocks of about so many entries, of which one takes some milliseconds.
const (
	panelColumns = 64
	blockEntries = 200_000
)

// FactoriseUnless is Factorise for matrices so large that it takes long: it looks at the
// context between blocks of rows and gives up, with its cause, when that has ended. The
// factors are those of Factorise up to rounding: Gauss's elimination by panels of columns,
// each of which is subtracted from all columns to its right at once (G. H. Golub and C. F.
// Van Loan, Matrix Computations, section 3.2.11).
func (f *Factors) FactoriseUnless(ctx context.Context) error {
	a := f.Matrix.RawMatrix()
	if a.Rows <= panelColumns {
		f.Factorise()
		return nil
	}
	f.ok = true
	for j := 0; j < a.Rows; j += panelColumns {
		end := min(j+panelColumns, a.Rows)
		panel := part(a, j, a.Rows, j, end)
		if !lapack64.Getrf(panel, f.pivots[j:end]) {
			f.ok = false
		}
		for i := j; i < end; i++ {
			f.pivots[i] += j
			if pivot := f.pivots[i]; pivot != i {
				swap(a.Data[i*a.Stride:][:j], a.Data[pivot*a.Stride:][:j])
				swap(a.Data[i*a.Stride+end:i*a.Stride+a.Cols], a.Data[pivot*a.Stride+end:pivot*a.Stride+a.Cols])
			}
		}
		if end == a.Rows {
			break
		}
		upper := part(a, j, end, end, a.Rows)
		blas64.Trsm(blas.Left, blas.NoTrans, 1, blas64.Triangular{Uplo: blas.Lower, Diag: blas.Unit,
			N: end - j, Data: panel.Data, Stride: panel.Stride}, upper)
		rows := 1 + blockEntries/(a.Rows-end)
		for first := end; first < a.Rows; first += rows {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			last := min(first+rows, a.Rows)
			blas64.Gemm(blas.NoTrans, blas.NoTrans, -1, part(a, first, last, j, end), upper, 1, part(a, first, last, end, a.Rows))
		}
	}
	return nil
}

// part is a view of some rows and columns.
func part(a blas64.General, top, bottom, left, right int) blas64.General {
	return blas64.General{Rows: bottom - top, Cols: right - left, Stride: a.Stride, Data: a.Data[top*a.Stride+left:]}
}

func swap(x, y []float64) {
	blas64.Swap(blas64.Vector{N: len(x), Data: x, Inc: 1}, blas64.Vector{N: len(y), Data: y, Inc: 1})
}
