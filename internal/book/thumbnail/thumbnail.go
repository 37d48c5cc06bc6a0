// Package thumbnail makes drawings lighter that are shown at a few hundredths of their area,
// many on one page.
package thumbnail

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

var (
	paths    = regexp.MustCompile(` d="[^"]*"`)
	decimals = regexp.MustCompile(`(\.[0-9])[0-9]+`)
	polyline = regexp.MustCompile(`^M-?[0-9.]+,-?[0-9.]+(?:L-?[0-9.]+,-?[0-9.]+)+$`)
	names    = regexp.MustCompile(`( id="|#)([\w.:-]+)`)
	colour   = regexp.MustCompile(`^[0-9a-fA-F]+$`)
)

// Shrink writes an SVG with fewer bytes: numbers in its paths keep one decimal, lines are
// written by their steps, and names, such as those of letters, get as short as can be.
func Shrink(svg []byte) []byte {
	svg = paths.ReplaceAllFunc(svg, func(path []byte) []byte {
		path = decimals.ReplaceAll(path, []byte("$1"))
		points := strings.TrimSuffix(strings.TrimPrefix(string(path), ` d="`), `"`)
		if !polyline.MatchString(points) {
			return path
		}
		return []byte(` d="` + steps(points) + `"`)
	})
	return shorten(svg)
}

// steps writes a line of absolute points, of one decimal, with relative ones. In tenths they
// are whole numbers, so that nothing adds up.
func steps(line string) string {
	var out strings.Builder
	x, y := 0, 0
	for i, point := range strings.Split(line[1:], "L") {
		first, second, _ := strings.Cut(point, ",")
		toX, toY := tenths(first), tenths(second)
		if i == 0 {
			out.WriteString("M" + point)
		} else {
			out.WriteString("l" + ofTenths(toX-x) + "," + ofTenths(toY-y))
		}
		x, y = toX, toY
	}
	return out.String()
}

func tenths(number string) int {
	value, _ := strconv.ParseFloat(number, 64) // it looks like a number
	return int(math.Round(10 * value))
}

func ofTenths(tenths int) string {
	text := strconv.FormatFloat(float64(tenths)/10, 'f', -1, 64)
	if after, small := strings.CutPrefix(text, "0."); small {
		return "." + after
	}
	if after, small := strings.CutPrefix(text, "-0."); small {
		return "-." + after
	}
	return text
}

// shorten counts the names of a drawing, and says the same in what refers to them. A name that
// could be a colour stays.
func shorten(svg []byte) []byte {
	short := map[string]string{}
	for _, found := range names.FindAllSubmatch(svg, -1) {
		if name := string(found[2]); len(found[1]) > 1 && short[name] == "" && !colour.MatchString(name) {
			short[name] = fmt.Sprintf("n%d", len(short))
		}
	}
	return names.ReplaceAllFunc(svg, func(found []byte) []byte {
		parts := names.FindSubmatch(found)
		if to := short[string(parts[2])]; to != "" {
			return append(bytes.Clone(parts[1]), to...)
		}
		return found
	})
}
