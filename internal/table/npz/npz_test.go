package npz

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"balanced/bnn"
)

func example(t *testing.T) []byte {
	t.Helper()
	var file bytes.Buffer
	w := NewWriter(&file)
	v, err := w.Floats("v", 2, 3)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]float64{{1, 2, math.NaN()}, {4, 5, math.Inf(-1)}} {
		if err := v.Floats(row...); err != nil {
			t.Fatal(err)
		}
	}
	counts, err := w.Ints("counts", 2)
	if err := errors.Join(err, counts.Ints(-1, 7), w.Texts("population", "E", "Über"), w.Text("provenance", `{"a": "ü𝄞"}`), w.Close()); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// The format is that of NEP 1; clients_test.go of package provenance has NumPy read a file.
func TestArraysAreThoseOfNumPy(t *testing.T) {
	data := example(t)
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, member := range archive.File {
		names = append(names, member.Name)
		content, err := member.Open()
		if err != nil {
			t.Fatal(err)
		}
		array, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		if length := len(magic) + 2 + int(binary.LittleEndian.Uint16(array[len(magic):])); length%64 != 0 || array[length-1] != '\n' {
			t.Errorf("%s: a header of %d bytes", member.Name, length)
		}
		if member.Name == "v.npy" {
			var want []byte
			for _, value := range []float64{1, 2, math.NaN(), 4, 5, math.Inf(-1)} {
				want = binary.LittleEndian.AppendUint64(want, math.Float64bits(value))
			}
			if !bytes.HasSuffix(array, want) || !bytes.Contains(array, []byte("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3,), }")) {
				t.Errorf("v is %q", array)
			}
		}
	}
	if got := strings.Join(names, " "); got != "v.npy counts.npy population.npy provenance.npy" {
		t.Errorf("members %s", got)
	}
	if !bytes.Equal(data, example(t)) {
		t.Error("the same arrays gave other bytes")
	}
}

func TestReadText(t *testing.T) {
	data := example(t)
	read := func(name string, most int) (string, bool, error) {
		return ReadText(bytes.NewReader(data), int64(len(data)), name, most)
	}
	if text, found, err := read("provenance", 100); text != `{"a": "ü𝄞"}` || !found || err != nil {
		t.Error(text, found, err)
	}
	if _, found, err := read("absent", 100); found || err != nil {
		t.Error(found, err)
	}
	for name, most := range map[string]int{"provenance": 5, "v": 100, "population": 100} {
		if _, _, err := read(name, most); err == nil {
			t.Errorf("%s was read as a text of %d letters", name, most)
		}
	}
}

func TestWriterRefuses(t *testing.T) {
	w := NewWriter(io.Discard)
	if _, err := w.Floats("", 1); !errors.As(err, new(*bnn.InputError)) {
		t.Error("no name:", err)
	}
	if _, err := w.Floats("huge", 1<<40, 1<<40); !errors.As(err, new(*bnn.InputError)) {
		t.Error("no array has so many numbers:", err)
	}
	v, err := w.Floats("v", 2)
	if err != nil || v.Floats(1) != nil {
		t.Fatal(err)
	}
	if _, err := w.Floats("u", 1); err == nil || w.Close() == nil {
		t.Error("an array that lacks a value passes")
	}
	if v.Floats(2, 3) == nil {
		t.Error("an array takes more than its shape")
	}
	if _, err := NewWriter(io.Discard).Floats("empty", 0, 3); err != nil {
		t.Error(err)
	}
}
