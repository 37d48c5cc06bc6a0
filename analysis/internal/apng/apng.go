// Package apng writes animated PNG files (W3C Portable Network Graphics Specification, third
// edition, 2025), which any viewer of PNG shows, if need be as their first picture.
package apng

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"iter"
	"maps"
	"math"
	"slices"
)

// Encode shows pictures of one size one after another, for ever, so many a second, in the 256
// colours that are most frequent in all of them together.
func Encode(pictures []image.Image, perSecond float64) ([]byte, error) {
	plain := make([]*image.RGBA, len(pictures))
	for i, picture := range pictures {
		plain[i] = image.NewRGBA(picture.Bounds())
		draw.Draw(plain[i], plain[i].Rect, picture, picture.Bounds().Min, draw.Src)
	}
	colors := frequent(plain)
	nearest := map[color.RGBA]uint8{} // a search for each pixel would take most of the time
	out := file{delay: uint16(math.Round(1000 / perSecond)), frames: len(pictures)}
	for _, picture := range plain {
		paletted := image.NewPaletted(picture.Rect, colors)
		for c, span := range spans(picture) {
			index, known := nearest[c]
			if !known {
				index = uint8(colors.Index(c))
				nearest[c] = index
			}
			for i := span[0]; i < span[1]; i++ {
				paletted.Pix[i] = index
			}
		}
		var one bytes.Buffer
		if err := png.Encode(&one, paletted); err != nil {
			return nil, fmt.Errorf("PNG: %w", err)
		}
		out.add(one.Bytes())
	}
	out.chunk("IEND", nil)
	return out.Bytes(), nil
}

// spans are the colours of the pixels, in rows without gaps, with the range of pixels that have it in a row: pictures
// are mostly of one colour.
func spans(picture *image.RGBA) iter.Seq2[color.RGBA, [2]int] {
	return func(yield func(color.RGBA, [2]int) bool) {
		for i := 0; i < len(picture.Pix); {
			p, end := picture.Pix[i:i+4], i+4
			for end < len(picture.Pix) && bytes.Equal(picture.Pix[end:end+4], p) {
				end += 4
			}
			if !yield(color.RGBA{R: p[0], G: p[1], B: p[2], A: p[3]}, [2]int{i / 4, end / 4}) {
				return
			}
			i = end
		}
	}
}

// frequent are the 256 most frequent colours of images, which have few.
func frequent(images []*image.RGBA) color.Palette {
	counts := map[color.RGBA]int{}
	for _, drawn := range images {
		for c, span := range spans(drawn) {
			counts[c] += span[1] - span[0]
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

// A file puts PNG files of one size and palette together as the frames of one.
type file struct {
	bytes.Buffer
	delay    uint16 // milliseconds
	frames   int
	sequence uint32
}

const pngSignature = "\x89PNG\r\n\x1a\n"

func (a *file) add(one []byte) {
	first := a.Len() == 0
	if first {
		a.WriteString(pngSignature)
	}
	var size []byte // of the frame, until its data begin
	for rest := one[len(pngSignature):]; len(rest) > 0; {
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
func (a *file) control(size []byte) {
	data := binary.BigEndian.AppendUint32(nil, a.sequence)
	data = append(data, size...)
	data = append(data, make([]byte, 8)...) // at the corner
	data = binary.BigEndian.AppendUint16(data, a.delay)
	data = binary.BigEndian.AppendUint16(data, 1000)
	a.chunk("fcTL", append(data, 0, 0))
	a.sequence++
}

func (a *file) data(first bool, data []byte) {
	if first {
		a.chunk("IDAT", data)
		return
	}
	a.chunk("fdAT", append(binary.BigEndian.AppendUint32(nil, a.sequence), data...))
	a.sequence++
}

func (a *file) chunk(kind string, data []byte) {
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
