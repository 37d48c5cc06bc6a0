package npz

import (
	"archive/zip"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strings"

	"balanced/bnn"
)

// A Writer writes arrays into a file. They are not compressed, as those of numpy.savez.
type Writer struct {
	file  *zip.Writer
	names map[string]bool
	array *Array // the one that is being written
}

// NewWriter begins a file.
func NewWriter(w io.Writer) *Writer {
	return &Writer{file: zip.NewWriter(w), names: map[string]bool{}}
}

// An Array takes the values of an array, the last index fastest. It ends with the next one.
type Array struct {
	name   string
	member io.Writer
	left   int64 // values that are missing
	buffer []byte
}

// Floats begins an array of 64-bit floating point numbers.
func (w *Writer) Floats(name string, shape ...int) (*Array, error) {
	return w.begin(name, "<f8", shape)
}

// Ints begins an array of 64-bit integers.
func (w *Writer) Ints(name string, shape ...int) (*Array, error) { return w.begin(name, "<i8", shape) }

// Texts writes a one-dimensional array of texts, and Text one without dimensions.
func (w *Writer) Texts(name string, texts ...string) error {
	return w.texts(name, []int{len(texts)}, texts)
}

// Text writes a text: str(file["name"]) in Python.
func (w *Writer) Text(name, text string) error { return w.texts(name, nil, []string{text}) }

func (w *Writer) texts(name string, shape []int, texts []string) error {
	longest := 1
	for _, text := range texts {
		longest = max(longest, len([]rune(text)))
	}
	array, err := w.begin(name, fmt.Sprintf("<U%d", longest), shape)
	if err != nil {
		return err
	}
	for _, text := range texts {
		letters := make([]rune, longest)
		copy(letters, []rune(text))
		for _, letter := range letters {
			array.buffer = binary.LittleEndian.AppendUint32(array.buffer, uint32(letter))
		}
		if err := array.flush(1); err != nil {
			return err
		}
	}
	return nil
}

// begin ends the array before and writes the header of the next one.
func (w *Writer) begin(name, kind string, shape []int) (*Array, error) {
	if err := w.end(); err != nil {
		return nil, err
	}
	if name == "" || w.names[name] {
		return nil, &bnn.InputError{Path: "name", Value: fmt.Sprintf("%q", name), Allowed: "one that is not there yet"}
	}
	w.names[name] = true
	count := int64(1)
	for i, size := range shape {
		if size < 0 || size > 0 && count > math.MaxInt64/8/int64(size) {
			return nil, &bnn.InputError{Path: bnn.IndexPath("shape", i), Value: fmt.Sprint(size), Allowed: "≥ 0, and all of them less than 2⁶³ bytes"}
		}
		count *= int64(size)
	}
	member, err := w.file.CreateHeader(&zip.FileHeader{Name: name + extension, Method: zip.Store})
	if err != nil {
		return nil, err
	}
	if _, err := member.Write(header(kind, shape)); err != nil {
		return nil, err
	}
	w.array = &Array{name: name, member: member, left: count}
	return w.array, nil
}

const (
	extension = ".npy"
	// magic begins an array, with the version of its header.
	magic = "\x93NUMPY\x01\x00"
)

// header is the text before the values, of a length that 64 divides, as NumPy's own.
func header(kind string, shape []int) []byte {
	var sizes strings.Builder
	for _, size := range shape {
		fmt.Fprintf(&sizes, "%d, ", size)
	}
	text := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", kind, strings.TrimSuffix(sizes.String(), " "))
	filled := (len(magic) + 2 + len(text) + 1 + 63) / 64 * 64
	text += strings.Repeat(" ", filled-len(magic)-2-len(text)-1) + "\n"
	return append(binary.LittleEndian.AppendUint16([]byte(magic), uint16(len(text))), text...)
}

// Floats appends values to an array of numbers.
func (a *Array) Floats(values ...float64) error {
	for _, value := range values {
		a.buffer = binary.LittleEndian.AppendUint64(a.buffer, math.Float64bits(value))
	}
	return a.flush(len(values))
}

// Ints appends values to an array of integers.
func (a *Array) Ints(values ...int) error {
	for _, value := range values {
		a.buffer = binary.LittleEndian.AppendUint64(a.buffer, uint64(value))
	}
	return a.flush(len(values))
}

// flush writes so many values when they are enough.
func (a *Array) flush(count int) error {
	if a.left -= int64(count); a.left < 0 {
		return fmt.Errorf("array %q has more values than its shape", a.name)
	}
	if len(a.buffer) < 1<<16 && a.left > 0 {
		return nil
	}
	_, err := a.member.Write(a.buffer)
	a.buffer = a.buffer[:0]
	return err
}

// end tells what the last array lacks.
func (w *Writer) end() error {
	if w.array != nil && w.array.left > 0 {
		return fmt.Errorf("array %q lacks %d values of its shape", w.array.name, w.array.left)
	}
	return nil
}

// Close writes the end of the file, without which it is none. It does not close what is below.
func (w *Writer) Close() error {
	if err := w.end(); err != nil {
		return err
	}
	return w.file.Close()
}
