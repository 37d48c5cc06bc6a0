package flags

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Age reads the value of --older-than, a duration, in days too: 30d, 12h; 0 for no text.
func Age(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	if days, found := strings.CutSuffix(text, "d"); found {
		if number, err := strconv.ParseFloat(days, 64); err == nil && number >= 0 && number < 1e5 {
			return time.Duration(number * 24 * float64(time.Hour)), nil
		}
	} else if age, err := time.ParseDuration(text); err == nil && age >= 0 {
		return age, nil
	}
	return 0, fmt.Errorf("--older-than %q: must be a time ≥ 0 with its unit, such as 30d or 12h", text)
}
