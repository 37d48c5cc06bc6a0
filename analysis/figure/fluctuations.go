package figure

import (
	"cmp"
	"fmt"
	"math"
	"math/cmplx"
	"slices"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// Spectrum draws spectra of fluctuations against the angular frequency, on logarithmic axes: of
// the mean potentials and of the rates of populations, one panel each, every population in its
// colour and the magnitudes between two populations in black, dashed. Frequencies that are not positive
// are left out, as is what is nine decades below the largest of a panel, or 0 but for rounding. The error is a *bnn.InputError, for fewer than two positive
// frequencies, too.
func Spectrum(s *theory.CrossSpectrum) (*Figure, error) {
	if err := checkColours(s.Populations); err != nil {
		return nil, err
	}
	var rows []int
	for i, omega := range s.Omega {
		if omega > 0 {
			rows = append(rows, i)
		}
	}
	if len(rows) < 2 {
		return nil, &bnn.InputError{Path: "omega", Value: fmt.Sprintf("%d positive frequencies", len(rows)), Allowed: "2 or more for a picture, whose axes are logarithmic"}
	}
	slices.SortFunc(rows, func(i, j int) int { return cmp.Compare(s.Omega[i], s.Omega[j]) })
	panels := noisePanels(s.Populations, false, func(quantity, a, b int) (x, y []float64) {
		for _, i := range rows {
			x, y = append(x, s.Omega[i]), append(y, cmplx.Abs([][][][]complex128{s.Mean, s.Rate}[quantity][i][a][b]))
		}
		return x, y
	})
	for i, y := range []Axis{{Label: "n · spectrum of mean potentials", Of: meanSpectrum, Log: true}, {Label: "n · spectrum of rates", Of: Rate, Log: true}} {
		panels[i].X = Axis{Label: "angular frequency ω", Of: AngularFrequency, Log: true, Low: s.Omega[rows[0]], High: s.Omega[rows[len(rows)-1]]}
		panels[i].Y = y
		if !cutBelow(panels[i].Lines) { // nothing is left, such as of rates that are constant
			panels[i].Y.Low, panels[i].Y.High = 0.1, 10
		}
	}
	const spectra = "Spectra of the mean potentials and of the rates of populations at the stationary state, by linear noise theory, times n; of two populations the magnitude of the cross-spectrum."
	texts := func(unit bnn.Unit) (caption, alt string) {
		caption = spectra
		if unit.TimeMS == 0 {
			caption += " Angular frequencies are per synaptic time constant."
		}
		return caption, fmt.Sprintf("Two charts of spectra over the angular frequency, of %d populations.", len(s.Populations))
	}
	caption, alt := texts(bnn.Unit{})
	drawn, err := New(caption, alt, panels...)
	if err != nil {
		return nil, err
	}
	drawn.texts = texts
	return drawn, nil
}

// Covariances draws n Cov(x_a(t+lag), x_b(t)) against the lag: of the mean potentials and of the
// rates of populations, one panel each. The error is a *bnn.InputError, for fewer than two lags,
// too.
func Covariances(c *theory.Covariances) (*Figure, error) {
	if err := checkColours(c.Populations); err != nil {
		return nil, err
	}
	if len(c.Lags) < 2 {
		return nil, &bnn.InputError{Path: "lags", Value: fmt.Sprint(len(c.Lags)), Allowed: "2 or more for a picture"}
	}
	rows := make([]int, len(c.Lags))
	for i := range rows {
		rows[i] = i
	}
	slices.SortFunc(rows, func(i, j int) int { return cmp.Compare(c.Lags[i], c.Lags[j]) })
	panels := noisePanels(c.Populations, true, func(quantity, a, b int) (x, y []float64) {
		for _, i := range rows {
			x, y = append(x, c.Lags[i]), append(y, [][][][]float64{c.Mean, c.Rate}[quantity][i][a][b])
		}
		return x, y
	})
	for i, y := range []Axis{{Label: "n · covariance of mean potentials", Of: Variance}, {Label: "n · covariance of rates", Of: rateCovariance}} {
		panels[i].X, panels[i].Y = Axis{Label: "lag" + timeUnit, Of: Time}, y
		panels[i].HorizontalAt = []float64{0}
	}
	return New("Covariances over time of the mean potentials and of the rates of populations at the stationary state, by linear noise theory, times n; of two populations, the first is later by the lag. The thin line is at 0.",
		fmt.Sprintf("Two charts of covariances over the lag, of %d populations.", len(c.Populations)), panels...)
}

// noisePanels are a panel of means and one of rates, of all pairs of populations or those a ≤ b.
// Two populations have their pairs named; more have too many. Spectra of pairs are dashed: in the
// limit they can be those of the populations.
func noisePanels(populations []string, ordered bool, curve func(quantity, a, b int) (x, y []float64)) []Panel {
	panels := make([]Panel, 2)
	for quantity := range panels {
		var pairs []Line
		for a, first := range populations {
			for b, second := range populations {
				if b < a && !ordered {
					continue
				}
				line := Line{Name: first, Color: PopulationColor(a)}
				line.X, line.Y = curve(quantity, a, b)
				switch {
				case a == b:
					panels[quantity].Lines = append(panels[quantity].Lines, line)
					continue
				case len(populations) == 2:
					line.Name, line.Color, line.Dashed = first+" and "+second, Ink, b < a || !ordered
				default:
					line.Name, line.Color, line.Dotted = "two populations", Ink, true
				}
				pairs = append(pairs, line)
			}
		}
		panels[quantity].Lines = append(panels[quantity].Lines, pairs...)
	}
	return panels
}

// cutBelow breaks lines where a logarithmic axis shows nothing of use, and tells whether anything
// is left.
func cutBelow(lines []Line) bool {
	const decades, rounding = 1e-9, 1e-24
	largest := 0.0
	for _, line := range lines {
		for _, y := range line.Y {
			largest = max(largest, y)
		}
	}
	for _, line := range lines {
		for i, y := range line.Y {
			if y < max(decades*largest, rounding) {
				line.Y[i] = math.NaN()
			}
		}
	}
	return largest >= rounding
}
