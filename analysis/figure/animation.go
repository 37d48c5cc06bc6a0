package figure

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"html"
	"image"
	"image/color"
	stddraw "image/draw"
	"image/png"
	"maps"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

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
// edition, 2025), of 96 pixels an inch and at most 256 colours a frame. The error is a
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
	colors := frequent(drawn)
	out := apng{delay: uint16(math.Round(1000 / a.PerSecond)), frames: len(drawn)}
	for _, frame := range drawn {
		paletted := image.NewPaletted(frame.Bounds(), colors)
		stddraw.Draw(paletted, paletted.Rect, frame, frame.Bounds().Min, stddraw.Src)
		var file bytes.Buffer
		encoder := png.Encoder{CompressionLevel: png.BestCompression}
		if err := encoder.Encode(&file, paletted); err != nil {
			return nil, fmt.Errorf("PNG: %w", err)
		}
		out.add(file.Bytes())
	}
	out.chunk("IEND", nil)
	return out.Bytes(), nil
}

// HTML returns the animation as a figure with the caption of its first frame.
func (a Animation) HTML() (string, error) {
	drawn, err := a.PNG()
	if err != nil {
		return "", err
	}
	first := a.Frames[0]
	return fmt.Sprintf("<figure style=\"margin:0\">\n<img src=\"data:image/png;base64,%s\" alt=\"%s\" width=\"%g\" style=\"max-width:100%%;height:auto\">\n<figcaption>%s</figcaption>\n</figure>\n",
		base64.StdEncoding.EncodeToString(drawn), html.EscapeString(first.Alt), 96*float64(width/vg.Inch), html.EscapeString(first.Caption)), nil
}

// frequent are the 256 most frequent colours of images, which have few.
func frequent(images []image.Image) color.Palette {
	counts := map[color.RGBA]int{}
	for _, drawn := range images {
		bounds := drawn.Bounds()
		for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
			for x := bounds.Min.X; x < bounds.Max.X; x++ {
				counts[color.RGBAModel.Convert(drawn.At(x, y)).(color.RGBA)]++
			}
		}
	}
	colors := slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B), cmp.Compare(a.A, b.A))
	})
	var palette color.Palette
	for _, c := range colors[:min(len(colors), 256)] {
		palette = append(palette, c)
	}
	return palette
}

// An apng puts PNG files of one size and palette together as the frames of one.
type apng struct {
	bytes.Buffer
	delay    uint16 // milliseconds
	frames   int
	sequence uint32
}

const pngSignature = "\x89PNG\r\n\x1a\n"

func (a *apng) add(file []byte) {
	first := a.Len() == 0
	if first {
		a.WriteString(pngSignature)
	}
	var size []byte // of the frame, until its data begin
	for rest := file[len(pngSignature):]; len(rest) > 0; {
		length := binary.BigEndian.Uint32(rest)
		kind, data := string(rest[4:8]), rest[8:8+length]
		rest = rest[12+length:]
		if kind == "IDAT" && size != nil {
			a.control(size)
			size = nil
		}
		switch {
		case kind == "IDAT":
			a.data(first, data)
		case kind == "IHDR":
			size = data[:8]
			if first {
				a.chunk(kind, data)
				a.chunk("acTL", binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(a.frames)), 0))
			}
		case first && kind != "IEND":
			a.chunk(kind, data)
		}
	}
}

// control begins a frame.
func (a *apng) control(size []byte) {
	data := binary.BigEndian.AppendUint32(nil, a.sequence)
	data = append(data, size...)
	data = append(data, make([]byte, 8)...) // at the corner
	data = binary.BigEndian.AppendUint16(data, a.delay)
	data = binary.BigEndian.AppendUint16(data, 1000)
	a.chunk("fcTL", append(data, 0, 0))
	a.sequence++
}

func (a *apng) data(first bool, data []byte) {
	if first {
		a.chunk("IDAT", data)
		return
	}
	a.chunk("fdAT", append(binary.BigEndian.AppendUint32(nil, a.sequence), data...))
	a.sequence++
}

func (a *apng) chunk(kind string, data []byte) {
	var length [4]byte
	binary.BigEndian.PutUint32(length[:], uint32(len(data)))
	a.Write(length[:])
	a.WriteString(kind)
	a.Write(data)
	sum := crc32.NewIEEE()
	sum.Write([]byte(kind))
	sum.Write(data)
	binary.BigEndian.PutUint32(length[:], sum.Sum32())
	a.Write(length[:])
}
