package figure

import (
	"bytes"
	"errors"
	"testing"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// Spectra have a curve for each population and each pair, and frequencies need no order.
func TestSpectrumFigure(t *testing.T) {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/feedforward.json"))
	spectrum, err := theory.Spectrum(t.Context(), network, 400, []float64{10, 0.1, 1})
	if err != nil {
		t.Fatal(err)
	}
	figure, err := Spectrum(spectrum)
	if err != nil {
		t.Fatal(err)
	}
	svg, err := figure.SVG()
	if err != nil || !bytes.Contains(svg, []byte("<svg")) {
		t.Errorf("%d bytes, %v", len(svg), err)
	}
	covariances, err := theory.LaggedCovariances(t.Context(), network, 400, []float64{-1, 0, 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Covariances(covariances); err != nil {
		t.Error(err)
	}
	var input *bnn.InputError
	covariances.Lags = covariances.Lags[:1]
	if _, err := Covariances(covariances); !errors.As(err, &input) {
		t.Errorf("a picture of one lag: %v", err)
	}
}
