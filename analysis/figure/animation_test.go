package figure

import (
	"bytes"
	"encoding/base64"
	"errors"
	"image/png"
	"testing"

	"balanced/bnn"
)

func frames(t *testing.T, count int) (list []*Figure) {
	t.Helper()
	for i := range count {
		figure, err := New("A point that moves.", "A point on a line.", Panel{X: Axis{Label: "x", Low: 0, High: 3}, Y: Axis{Label: "y", Low: 0, High: 3},
			Lines: []Line{{Name: "line", X: []float64{0, 3}, Y: []float64{0, 3}}}, Points: []Points{{Name: "point", X: []float64{float64(i)}, Y: []float64{float64(i)}, Color: Excitatory}}})
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, figure)
	}
	return list
}

// An animation is a PNG that any viewer decodes, whose first picture is the first frame, with a
// control and data for each frame, the same bytes every time.
func TestAnimation(t *testing.T) {
	animation := Animation{Frames: frames(t, 4), PerSecond: 20}
	file, err := animation.PNG()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := animation.PNG(); err != nil || !bytes.Equal(again, file) {
		t.Errorf("other bytes the second time: %v", err)
	}
	decoded, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if size := decoded.Bounds().Size(); size.X < 600 || size.Y < 200 {
		t.Errorf("it is %v", size)
	}
	if controls, data := bytes.Count(file, []byte("fcTL")), bytes.Count(file, []byte("fdAT")); controls != 4 || data < 3 || bytes.Count(file, []byte("acTL")) != 1 {
		t.Errorf("%d controls and %d more data", controls, data)
	}
	if page := animation.HTML(file); !bytes.Contains([]byte(page), []byte("data:image/png;base64,"+base64.StdEncoding.EncodeToString(file))) {
		t.Errorf("the page is %.100s", page)
	}
	var input *bnn.InputError
	for _, bad := range []Animation{{frames(t, 1), 10}, {frames(t, 2), 0}, {frames(t, 2), 61}} {
		if _, err := bad.PNG(); !errors.As(err, &input) {
			t.Errorf("%v", err)
		}
	}
}
