package figure

import (
	"math"
	"math/cmplx"
	"slices"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// Spectrum draws the spectra of means and of rates, one panel each, against the angular frequency, on
// logarithmic axes unless a frequency is 0 or less: of each population in its colour, and of each
// pair of them the size of the cross-spectrum, dashed. The error is a *bnn.InputError for more than
// 6 populations or less than two frequencies.
func Spectrum(s *theory.CrossSpectrum) (*Figure, error) {
	logarithmic := len(s.Omega) > 0 && slices.Min(s.Omega) > 0
	size := func(tables [][][]complex128) func(i, a, b int) float64 {
		return func(i, a, b int) float64 { return cmplx.Abs(tables[i][a][b]) }
	}
	return fluctuations(s.Populations, s.Omega, Axis{Label: "angular frequency ω", Log: logarithmic}, logarithmic, "n · spectral density of ",
		"Spectra of the fluctuations of the populations' means (left) and rates (right), n times, by linear noise theory; dashed the sizes of cross-spectra.",
		"Curves over frequency that fall at high ones.", size(s.Mean), size(s.Rate))
}

// Covariances draws the covariances over lags of means and of rates, likewise, on linear axes.
func Covariances(c *theory.Covariances) (*Figure, error) {
	value := func(tables [][][]float64) func(i, a, b int) float64 {
		return func(i, a, b int) float64 { return tables[i][a][b] }
	}
	return fluctuations(c.Populations, c.Lags, Axis{Label: "lag s"}, false, "n · covariance of ",
		"Covariances over lags of the fluctuations of the populations' means (left) and rates (right), n times, by linear noise theory; dashed those of the first population later with the second.",
		"Curves over lags that decay to zero.", value(c.Mean), value(c.Rate))
}

func fluctuations(populations []string, x []float64, axis Axis, logarithmic bool, label, caption, alt string, of ...func(i, a, b int) float64) (*Figure, error) {
	if err := checkColours(populations); err != nil {
		return nil, err
	}
	if len(x) < 2 {
		return nil, &bnn.InputError{Path: "x", Value: "less than two places", Allowed: "two frequencies or lags for a picture"}
	}
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		if x[i] < x[j] {
			return -1
		}
		return 1
	})
	var panels []Panel
	for k, quantity := range []string{"means", "rates"} {
		panel := Panel{X: axis, Y: Axis{Label: label + quantity, Log: logarithmic}}
		for a := range populations {
			for b := a; b < len(populations); b++ {
				line := Line{Name: populations[a], Color: PopulationColor(a)}
				if b > a {
					line = Line{Name: populations[a] + "–" + populations[b], Color: Ink, Dashed: true}
				}
				for _, i := range order {
					if y := of[k](i, a, b); !logarithmic || y > 0 && !math.IsInf(y, 0) {
						line.X, line.Y = append(line.X, x[i]), append(line.Y, y)
					}
				}
				panel.Lines = append(panel.Lines, line)
			}
		}
		panels = append(panels, panel)
	}
	return New(caption, alt, panels...)
}
