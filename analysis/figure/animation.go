package figure

import (
	"encoding/base64"
	"fmt"
	"html"
	"image"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"balanced/analysis/internal/apng"
	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// An Animation shows figures of one size one after another, for ever. What prints it, or knows no
// animations, shows the first one, which should tell all that there is to be seen.
type Animation struct {
	Frames    []*Figure
	PerSecond float64 // frames a second, > 0 and at most 60
}

// PNG returns the animation as an animated PNG (W3C Portable Network Graphics Specification, third
// edition, 2025), of 96 pixels an inch and the 256 most frequent colours. The error is a
// *bnn.InputError for less than 2 frames or frames of different sizes.
func (a Animation) PNG() ([]byte, error) {
	if !(a.PerSecond > 0 && a.PerSecond <= 60) {
		return nil, &bnn.InputError{Path: "perSecond", Value: number.Exact(a.PerSecond), Allowed: "a number > 0 and ≤ 60"}
	}
	if len(a.Frames) < 2 {
		return nil, &bnn.InputError{Path: "frames", Value: fmt.Sprint(len(a.Frames)), Allowed: "2 or more"}
	}
	var drawn []image.Image
	for i, frame := range a.Frames {
		if frame.height != a.Frames[0].height {
			return nil, &bnn.InputError{Path: fmt.Sprintf("frames[%d]", i), Value: "a figure of another size", Allowed: "of the size of the first one"}
		}
		canvas := vgimg.NewWith(vgimg.UseWH(width, frame.height), vgimg.UseDPI(96))
		frame.draw(draw.New(canvas))
		drawn = append(drawn, canvas.Image())
	}
	return apng.Encode(drawn, a.PerSecond)
}

// HTML returns the animation, drawn by PNG, as a figure with the caption of its first frame.
func (a Animation) HTML(drawn []byte) string {
	first := a.Frames[0]
	return fmt.Sprintf("<figure style=\"margin:0\">\n<img src=\"data:image/png;base64,%s\" alt=\"%s\" width=\"%g\" style=\"max-width:100%%;height:auto\">\n<figcaption>%s</figcaption>\n</figure>\n",
		base64.StdEncoding.EncodeToString(drawn), html.EscapeString(first.Alt), 96*float64(width/vg.Inch), html.EscapeString(first.Caption))
}
