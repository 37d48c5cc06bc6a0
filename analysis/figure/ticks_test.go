package figure

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

func labels(marks []plot.Tick) string {
	var list []string
	for _, mark := range marks {
		if mark.Label != "" {
			list = append(list, mark.Label)
		}
	}
	return strings.Join(list, " ")
}

func TestLogarithmicTicks(t *testing.T) {
	for _, row := range []struct {
		low, high float64
		length    vg.Length
		want      string
	}{
		{100, 10000, 0, "100 1000 10000"}, {0.001, 1, 0, "0.001 0.01 0.1 1"},
		{20, 800, 0, "20 50 100 200 500"}, {20, 800, 90, "30 100 300"}, {20, 800, 60, "30 300"}, {20, 800, 20, "100"}, {2, 4, 0, "2 3 4"},
		{1e-6, 0.1, 0, "10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹"}, {1, 1e5, 0, "10⁰ 10¹ 10² 10³ 10⁴ 10⁵"},
		{1e-6, 0.1, 100, "10⁻⁶ 10⁻⁴ 10⁻²"}, {1e-12, 1e12, 0, "10⁻¹² 10⁻⁸ 10⁻⁴ 10⁰ 10⁴ 10⁸ 10¹²"},
		{3.1, 3.9, 0, "3.2 3.4 3.6 3.8"}, {1e-7, 6e-6, 0, "10⁻⁷ 2·10⁻⁷ 5·10⁻⁷ 10⁻⁶ 2·10⁻⁶ 5·10⁻⁶"},
	} {
		marks := ticks{log: true, length: row.length}.Ticks(math.Log10(row.low), math.Log10(row.high))
		if got := labels(marks); got != row.want {
			t.Errorf("ticks from %g to %g: %s, want %s", row.low, row.high, got, row.want)
		}
		for _, mark := range marks {
			if mark.Value < math.Log10(row.low) || mark.Value > math.Log10(row.high) {
				t.Errorf("ticks from %g to %g: one at %g", row.low, row.high, mark.Value)
			}
		}
	}
	marks := ticks{log: true}.Ticks(2, 4)
	if len(marks) != 19 {
		t.Errorf("%d ticks in two decades, want 2 · 9 + 1", len(marks))
	}
}

// Labels of a linear axis keep apart, however short the axis.
func TestTicksFit(t *testing.T) {
	for _, row := range []struct {
		low, high float64
		length    vg.Length
		want      string
	}{
		{0, 100000, 300, "0 20000 40000 60000 80000 100000"}, {0, 100000, 100, "0 50000 100000"},
		{0, 100000, 60, "0 100000"}, {0, 100000, 20, "0"}, {0, 1e-7, 0, "0 2·10⁻⁸ 4·10⁻⁸ 6·10⁻⁸ 8·10⁻⁸ 10·10⁻⁸"},
		{-2e6, 3e7, 0, "0 1·10⁷ 2·10⁷ 3·10⁷"}, {1.2e6, 1.7e6, 0, "1.2·10⁶ 1.3·10⁶ 1.4·10⁶ 1.5·10⁶ 1.6·10⁶ 1.7·10⁶"},
	} {
		if got := labels(ticks{length: row.length}.Ticks(row.low, row.high)); got != row.want {
			t.Errorf("ticks from %g to %g on %g points: %s, want %s", row.low, row.high, row.length, got, row.want)
		}
	}
}
