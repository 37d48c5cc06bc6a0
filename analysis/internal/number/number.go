// Package number writes numbers for messages, tables and figures.
package number

import "strconv"

// Exact writes a number with as few digits as give the same number when read again.
func Exact(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// Short writes a number for a reader, with at most the given significant digits.
func Short(x float64, digits int) string { return strconv.FormatFloat(x, 'g', digits, 64) }

// Minus sets the minus sign of a number that is to be read by people.
func Minus(number string) string {
	if number != "" && number[0] == '-' {
		return "−" + number[1:]
	}
	return number
}
