package progress

import "time"

// Seconds is a time for people: to the second from a minute on, and finer below.
func Seconds(s float64) time.Duration {
	d := time.Duration(s * float64(time.Second))
	if d > time.Minute {
		return d.Round(time.Second)
	}
	return d.Round(10 * time.Microsecond)
}
