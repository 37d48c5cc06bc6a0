package apng

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
)

// The first picture is what a viewer of PNG shows: every pixel, also of colours that are not the most frequent one.
func TestFirstPicture(t *testing.T) {
	pictures := make([]image.Image, 2)
	for k := range pictures {
		picture := image.NewRGBA(image.Rect(0, 0, 20, 7))
		for y := range 7 {
			for x := range 20 {
				picture.SetRGBA(x, y, color.RGBA{R: uint8(x / 3 * 10), G: uint8(y / 2 * 50), B: uint8(k), A: 255})
			}
		}
		pictures[k] = picture
	}
	data, err := Encode(pictures, 10)
	if err != nil {
		t.Fatal(err)
	}
	shown, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for y := range 7 {
		for x := range 20 {
			if got, want := color.RGBAModel.Convert(shown.At(x, y)), pictures[0].At(x, y); got != want {
				t.Fatalf("pixel %d, %d is %v, want %v", x, y, got, want)
			}
		}
	}
}
