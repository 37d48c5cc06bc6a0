package analysis

import (
	"fmt"
	"math"

	"balanced/analysis/internal/check"
	"balanced/analysis/internal/number"
	"balanced/analysis/internal/transform"
	"balanced/bnn"
)

// LaggedCovariances are the covariances of two stationary series at some lags s,
//
//	C_xy(s) = Cov(x(t+s), y(t)),
//
// so that those at s > 0 tell how x follows y; C_yx(s) = C_xy(−s). The spectrum S_xy is
// ∫ C_xy(s) e^{−iωs} ds.
type LaggedCovariances struct {
	Lags       []float64 // s, in units of time, increasing in equal steps
	Covariance []Estimate
	// Correlation is C_xy(s)/√(C_xx(0) C_yy(0)), without unit.
	Correlation []Estimate
}

// covarianceBlocks is into how many blocks a single series is cut, over which its standard
// errors are.
const covarianceBlocks = 20

// Autocovariances estimates C_xx(s) at the lags 0, step, … up to the longest, as
// CrossCovariances does.
func Autocovariances(replicas [][]float64, step, longest float64) (*LaggedCovariances, error) {
	both, err := laggedCovariances("replicas", replicas, replicas, step, longest)
	if err != nil {
		return nil, err
	}
	zero := len(both.Lags) / 2
	return &LaggedCovariances{both.Lags[zero:], both.Covariance[zero:], both.Correlation[zero:]}, nil
}

// CrossCovariances estimates C_xy(s) at the lags −longest … longest in steps of step, from one
// or more independent replicas of two stationary series that were recorded together: x[r][i]
// and y[r][i] at the time i·step. From each series the mean of all its values in all replicas
// is removed; the rest is
//
//	C_xy(k step) = Σ_i x_{i+k} y_i / M_k
//
// over the M_k = Σ_r (N − |k|) products there are ("unbiased"). What remains of bias is that of
// the mean, about −S_xy(0) over the length of all replicas together.
//
// Standard errors are over the replicas if there are several, with as many degrees of freedom
// less 1. A single series is cut into 20 blocks by the time of y, which must each last longest
// or more, and should last many correlation times: blocks of 20 correlation times make the
// errors too small by a few per cent. Those of correlations account for what they share with
// C_xx(0) and C_yy(0).
//
// Products are by Fourier transforms: O(N log N), for any number of lags. The error is a
// *bnn.InputError, also where a series is constant.
func CrossCovariances(x, y [][]float64, step, longest float64) (*LaggedCovariances, error) {
	if err := checkReplicas("y", y, 2); err != nil {
		return nil, err
	}
	return laggedCovariances("x", x, y, step, longest)
}

func laggedCovariances(path string, x, y [][]float64, step, longest float64) (*LaggedCovariances, error) {
	if err := checkReplicas(path, x, 2); err != nil {
		return nil, err
	}
	if err := checkPairs(x, y); err != nil {
		return nil, err
	}
	if err := checkVaries(path, x); err != nil {
		return nil, err
	}
	if err := checkVaries("y", y); err != nil {
		return nil, err
	}
	if err := bnn.PositiveNumber.Check("step", step); err != nil {
		return nil, err
	}
	length := len(x[0])
	most := length - 1
	if len(x) == 1 {
		most = length / covarianceBlocks
	}
	steps := math.Floor(longest / step * (1 + 1e-12)) // 1e-12: 0.3/0.1 is 3
	if !(steps >= 0 && steps <= float64(most)) {
		return nil, &bnn.InputError{Path: "longest", Value: number.Exact(longest), Allowed: fmt.Sprintf("a lag from 0 to %s: less than a replica, and a block of a single series", number.Exact(float64(most)*step))}
	}
	if len(x) == 1 && most == 0 {
		return nil, &bnn.InputError{Path: path, Value: fmt.Sprintf("1 series of %d values", length), Allowed: fmt.Sprintf("several replicas, or %d values or more", covarianceBlocks)}
	}
	lags := int(steps)
	xy, xx, yy := productsOf(x, y, lags), productsOf(x, x, 0), productsOf(y, y, 0)
	c := &LaggedCovariances{}
	for k := range 2*lags + 1 {
		c.Lags = append(c.Lags, float64(k-lags)*step)
		covariance, correlation, err := covarianceOf(path, xy[k], xx[0], yy[0])
		if err != nil {
			return nil, err
		}
		c.Covariance, c.Correlation = append(c.Covariance, covariance), append(c.Correlation, correlation)
	}
	return c, nil
}

// products are the sums of products at one lag by unit (replica or block), and their numbers.
type products struct{ sums, counts []float64 }

// mean is the covariance, and deviations by how much each unit moves it.
func (p products) mean() (mean float64, deviations []float64) {
	sum, count := 0.0, 0.0
	for u := range p.sums {
		sum, count = sum+p.sums[u], count+p.counts[u]
	}
	mean = sum / count
	for u := range p.sums {
		deviations = append(deviations, (p.sums[u]-mean*p.counts[u])/count)
	}
	return mean, deviations
}

// productsOf returns those of x and y at the lags −lags … lags.
func productsOf(x, y [][]float64, lags int) []products {
	meanX, meanY, length := meanOfAll(x), meanOfAll(y), len(x[0])
	list := make([]products, 2*lags+1)
	add := func(r, from, to int) {
		for k, sum := range transform.LaggedProducts(centred(x[r], meanX), centred(y[r], meanY), from, to, lags) {
			lag := k - lags
			list[k].sums = append(list[k].sums, sum)
			list[k].counts = append(list[k].counts, float64(max(0, min(to, length-lag)-max(from, -lag))))
		}
	}
	for r := range x {
		if len(x) > 1 {
			add(r, 0, length)
			continue
		}
		for b := range covarianceBlocks {
			add(r, b*length/covarianceBlocks, (b+1)*length/covarianceBlocks)
		}
	}
	return list
}

func centred(series []float64, mean float64) []float64 {
	list := make([]float64, len(series))
	for i, value := range series {
		list[i] = value - mean
	}
	return list
}

// covarianceOf estimates the covariance and the correlation at one lag.
func covarianceOf(path string, xy, xx, yy products) (covariance, correlation Estimate, err error) {
	c, cross := xy.mean()
	varianceX, ofX := xx.mean()
	varianceY, ofY := yy.mean()
	units := float64(len(cross))
	scale := math.Sqrt(varianceX * varianceY) // exactly the variance where x is y
	if !(scale > 0) || math.IsInf(scale, 1) {
		return covariance, correlation, &bnn.InputError{Path: path, Value: fmt.Sprintf("series of variances %s and %s", number.Exact(varianceX), number.Exact(varianceY)), Allowed: "numbers whose squares do not overflow"}
	}
	r, squares, relative := c/scale, 0.0, 0.0
	for u := range cross {
		squares += cross[u] * cross[u]
		moved := cross[u]/scale - r/2*(ofX[u]/varianceX+ofY[u]/varianceY)
		relative += moved * moved
	}
	covariance = Estimate{c, math.Sqrt(squares * units / (units - 1)), units - 1}
	correlation = Estimate{r, math.Sqrt(relative * units / (units - 1)), units - 1}
	return covariance, correlation, check.Finite("covariance", covariance.StandardError)
}
