package figure

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"balanced/analysis/figure/internal/pen"
)

// A key explains marks of the panels, above them where it covers nothing. Marks that
// share a text are side by side.
type key struct {
	text  string
	marks []plot.Thumbnailer
}

const (
	keyHeight  = 0.3 * vg.Inch
	keyPitch   = 17 // from line to line of keys
	markGap    = 5  // between a mark and what follows
	betweenKey = 16 // between a text and the next key
)

// addKey adds the name and the look of a mark, unless it has none or is there already.
func addKey(keys []key, m mark) []key {
	name, look := m.label()
	if name == "" {
		return keys
	}
	for i, k := range keys {
		if k.text != name {
			continue
		}
		for _, known := range k.marks {
			if known == look {
				return keys
			}
		}
		keys[i].marks = append(keys[i].marks, look)
		return keys
	}
	return append(keys, key{name, []plot.Thumbnailer{look}})
}

func (k key) width() vg.Length {
	width := textStyle(pen.Ink).Width(k.text)
	for _, mark := range k.marks {
		width += markWidth(mark) + markGap
	}
	return width
}

// markWidth is that of a mark in a key: points need less than lines and areas.
func markWidth(mark plot.Thumbnailer) vg.Length {
	if _, ok := mark.(pointsLook); ok {
		return 8
	}
	return 24
}

// keyLines breaks keys into lines of at most a width.
func keyLines(keys []key, width vg.Length) [][]key {
	var lines [][]key
	used := width
	for _, k := range keys {
		if used+k.width() > width {
			lines, used = append(lines, nil), 0
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], k)
		used += k.width() + betweenKey
	}
	return lines
}

// stripHeight is the height of the strip with lines of keys.
func stripHeight(lines int) vg.Length {
	if lines == 0 {
		return 4
	}
	return keyHeight + keyPitch*vg.Length(lines-1)
}

// drawKeys draws lines of keys, each from left to right, from the top of a strip.
func drawKeys(c draw.Canvas, lines [][]key) {
	style := textStyle(pen.Ink)
	style.YAlign = draw.YCenter
	middle := c.Max.Y - keyHeight/2 - 2
	for _, line := range lines {
		x := c.Min.X
		for _, k := range line {
			for _, mark := range k.marks {
				icon := draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
					Min: vg.Point{X: x, Y: middle - 5}, Max: vg.Point{X: x + markWidth(mark), Y: middle + 5}}}
				mark.Thumbnail(&icon)
				x += markWidth(mark) + markGap
			}
			c.FillText(style, vg.Point{X: x, Y: middle + 1.5}, k.text)
			x += style.Width(k.text) + betweenKey
		}
		middle -= keyPitch
	}
}
