package bnn

import (
	"fmt"
	"math"
)

// A Cost is what a computation is expected to need, estimated from the sizes alone,
// before anything is allocated.
type Cost struct {
	// Bytes is the memory in use at once, right to a factor of 1.5 for what takes more than
	// a few megabytes. The garbage collector may let the process grow to twice that, unless
	// its memory is limited (GOMEMLIMIT, debug.SetMemoryLimit).
	Bytes float64
	// Seconds is the time on an idle machine of today, right to a factor of 3 or so, and
	// less where the store has replicas already or the exact method finds windows with few
	// candidates.
	Seconds float64
}

// LongestSeconds is the time beyond which Check refuses: 100 days.
const LongestSeconds = 100 * day

// addressable is the memory beyond which no machine has addresses.
const addressable = 1 << 46

// Check refuses a cost that is more than AvailableMemory or LongestSeconds, by a
// *CostError. Where the memory is not known only the time is looked at. What is forced is
// refused only where no machine has so many addresses.
func (c Cost) Check(force bool) error {
	memory := AvailableMemory()
	fits := (memory == 0 || c.Bytes <= memory) && c.Seconds <= LongestSeconds
	if c.Bytes <= addressable && (fits || force) {
		return nil
	}
	return &CostError{Cost: c, Memory: memory}
}

// A CostError refuses a computation before it begins, since this machine has not the
// memory for it or nobody would wait for it.
type CostError struct {
	Cost
	Memory float64 // bytes this process may have, 0 if that is not known
}

func (e *CostError) Error() string {
	memory := "any memory"
	if e.Memory > 0 {
		memory = formatBytes(e.Memory) + ", which this machine has"
	}
	return fmt.Sprintf("needs about %s of memory and %s: must be at most %s, and %s",
		formatBytes(e.Bytes), formatSeconds(e.Seconds), memory, formatSeconds(LongestSeconds))
}

// formatBytes writes an amount of memory for people, to two digits.
func formatBytes(bytes float64) string {
	unit := 0
	for names := len(byteUnits); bytes >= 999.5 && unit < names-1; unit++ {
		bytes /= 1000
	}
	return twoDigits(bytes) + " " + byteUnits[unit]
}

var byteUnits = []string{"bytes", "kB", "MB", "GB", "TB", "PB"}

const (
	minute = 60.0
	hour   = 60 * minute
	day    = 24 * hour
	year   = 365.25 * day
)

// formatSeconds writes a time for people, to two digits.
func formatSeconds(seconds float64) string {
	switch {
	case seconds < 100:
		return twoDigits(seconds) + " s"
	case seconds < 100*minute:
		return twoDigits(seconds/minute) + " min"
	case seconds < 48*hour:
		return twoDigits(seconds/hour) + " h"
	case seconds < 2*year:
		return twoDigits(seconds/day) + " days"
	}
	return twoDigits(seconds/year) + " years"
}

// twoDigits rounds, and writes numbers that people can read without an exponent.
func twoDigits(x float64) string {
	if x >= 10 && x < 1e9 {
		unit := math.Pow(10, math.Floor(math.Log10(x))-1)
		return fmt.Sprintf("%.0f", math.Round(x/unit)*unit)
	}
	return fmt.Sprintf("%.2g", x)
}
