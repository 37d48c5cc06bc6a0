package bnn

import (
	"runtime"
	"strings"
	"testing"
)

func TestCostForPeople(t *testing.T) {
	message := (&CostError{Cost: Cost{Bytes: 48e9, Seconds: 2.4e7}, Memory: 25.3e9}).Error()
	if want := "needs about 48 GB of memory and 280 days: must be at most 25 GB, which this machine has, and 100 days"; message != want {
		t.Errorf("%q, want %q", message, want)
	}
	for seconds, want := range map[float64]string{0.012: "0.012 s", 59.6: "60 s", 5999: "100 min", 6e3: "1.7 h", 86400 * 3: "3 days", 1e12: "32000 years", 1e300: "3.2e+292 years"} {
		if got := formatSeconds(seconds); got != want {
			t.Errorf("%v s are %q, want %q", seconds, got, want)
		}
	}
	if bytes := AvailableMemory(); runtime.GOOS == "linux" && !(bytes > 1e8) || strings.Contains(formatBytes(bytes), "e") {
		t.Errorf("this machine has %v of memory", bytes)
	}
}
