package analysis

import (
	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"balanced/analysis/internal/results"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

// Moments lays a simulation, the limit and the finite-n equations side by side in a
// tidy frame: one row for each time, population and quantity, in this order. Its
// columns are
//
//	t               time, in synaptic time constants
//	population      name of the population
//	quantity        mean, variance, third or rate, see bnn.Quantity
//	simulation      average over the replicas
//	standard_error  of that average; NaN if there was one replica
//	limit           the limit of large n
//	finite          the finite-n equations
//
// The columns of results that are nil are left out. The frame carries an error (Err)
// of type *bnn.InputError, and no rows, when all results are nil or when their times
// or populations are not the same: a limit that ended early has fewer times.
func Moments(runs *simulate.Summary, limit, finite *bnn.Trajectory) dataframe.DataFrame {
	list := results.Of(runs, limit, finite)
	if err := results.CheckSame(list); err != nil {
		return dataframe.DataFrame{Err: err}
	}
	return momentsFrame(list)
}

// MomentsAt returns the rows of Moments that belong to one time, to be shown in a
// notebook. The time must be one of those of the results, exactly; the frame carries
// an error otherwise.
func MomentsAt(t float64, runs *simulate.Summary, limit, finite *bnn.Trajectory) dataframe.DataFrame {
	list := results.Of(runs, limit, finite)
	if err := results.CheckSame(list); err != nil {
		return dataframe.DataFrame{Err: err}
	}
	for i := range list {
		now, err := list[i].Moments.At(t)
		if err != nil {
			return dataframe.DataFrame{Err: err}
		}
		list[i].Moments = &now
	}
	return momentsFrame(list)
}

func momentsFrame(list []results.Result) dataframe.DataFrame {
	var times []float64
	var populations, quantities []string
	values := make([][]float64, len(list))
	for row, t := range list[0].Moments.Times {
		for a, population := range list[0].Moments.Populations {
			for _, q := range bnn.Quantities() {
				times = append(times, t)
				populations = append(populations, population)
				quantities = append(quantities, string(q))
				for i, result := range list {
					values[i] = append(values[i], result.Moments.Table(q)[row][a])
				}
			}
		}
	}
	columns := []series.Series{
		series.New(times, series.Float, "t"),
		series.New(populations, series.String, "population"),
		series.New(quantities, series.String, "quantity"),
	}
	for i, result := range list {
		columns = append(columns, series.New(values[i], series.Float, result.Column))
	}
	return dataframe.New(columns...)
}
