package analysis

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"balanced/analysis/internal/analysistest"
)

// The power of the two-sample t test in the documentation of R's power.t.test:
// power.t.test(n = 20, delta = 1, sd = 1) has power 0.8689528, and
// power.t.test(power = .90, delta = 1) needs n = 22.02110.
func TestPowerAgainstR(t *testing.T) {
	for _, row := range []struct{ count, power float64 }{{20, 0.8689528}, {22.02110, 0.9}} {
		degrees := 2*row.count - 2
		critical := distuv.StudentsT{Sigma: 1, Nu: degrees}.Quantile(0.975)
		analysistest.Near(t, fmt.Sprint("n = ", row.count), probabilityCaught(critical, degrees)(math.Sqrt(row.count/2)), row.power, 1e-5)
	}
	if got := shiftCaught(2.0243942, 38, 0.8689528); math.Abs(got-math.Sqrt(10)) > 1e-3 {
		t.Errorf("shift %g, want √10", got)
	}
}
