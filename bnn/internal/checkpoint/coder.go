package checkpoint

import (
	"encoding/binary"
	"errors"
	"math"
)

// A Coder writes variables into a checkpoint or reads them back. A run names its
// variables once for both, so that what is written and what is read cannot differ.
type Coder struct {
	task  task
	bytes []byte // written so far, or left to be read
	size  int    // measured so far
	err   error  // why reading failed
}

type task int

const (
	measureState task = iota
	writeState
	readState
)

// ErrForeign is why a state that another replica, or other code, has written is not read.
var ErrForeign = errors.New("it is not the state of this replica")

// Encode returns the checkpoint of what show names, or only its size where that exceeds most.
func Encode(show func(*Coder), most int) (state []byte, size int) {
	c := &Coder{task: measureState}
	show(c)
	if c.size > most {
		return nil, c.size
	}
	*c = Coder{task: writeState, bytes: make([]byte, 0, c.size)}
	show(c)
	return c.bytes, len(c.bytes)
}

// Decode gives what show names the values that Encode wrote. After an error they are of no
// use.
func Decode(state []byte, show func(*Coder)) error {
	c := &Coder{task: readState, bytes: state}
	show(c)
	if c.err == nil && len(c.bytes) > 0 {
		return ErrForeign
	}
	return c.err
}

// Reading tells whether variables are being read, so far without an error.
func (c *Coder) Reading() bool { return c.task == readState && c.err == nil }

// Fail ends the reading by an error, unless it is nil or there is one already.
func (c *Coder) Fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

func (c *Coder) word(x *uint64) {
	switch {
	case c.task == measureState:
		c.size += 8
	case c.task == writeState:
		c.bytes = binary.LittleEndian.AppendUint64(c.bytes, *x)
	case c.err != nil:
	case len(c.bytes) < 8:
		c.err = ErrForeign
	default:
		*x, c.bytes = binary.LittleEndian.Uint64(c.bytes), c.bytes[8:]
	}
}

// Words are 64 bits each.
func (c *Coder) Words(x ...*uint64) {
	for _, x := range x {
		c.word(x)
	}
}

// Count is any whole number.
func (c *Coder) Count(x *int64) {
	word := uint64(*x)
	c.word(&word)
	*x = int64(word)
}

// Index is a number from 0 to below a limit.
func (c *Coder) Index(x *int, limit int) {
	word := uint64(*x)
	c.word(&word)
	if c.task == readState && c.err == nil && word >= uint64(limit) {
		c.err = ErrForeign
		return
	}
	*x = int(word)
}

// Flag is true or false.
func (c *Coder) Flag(x *bool) {
	number := 0
	if *x {
		number = 1
	}
	c.Index(&number, 2)
	*x = number == 1
}

// Number is kept to the last bit.
func (c *Coder) Number(x *float64) {
	word := math.Float64bits(*x)
	c.word(&word)
	*x = math.Float64frombits(word)
}

// Length writes a length or reads one, of things of at least so many bytes each. It is 0
// after an error.
func (c *Coder) Length(now, bytesEach int) int {
	length := now
	c.Index(&length, math.MaxInt)
	if c.task == readState && length > len(c.bytes)/bytesEach {
		c.err = ErrForeign
	}
	if c.err != nil {
		return 0
	}
	return length
}

// same tells whether a list that never changes its length has it here too.
func (c *Coder) same(now int) bool {
	length := now
	c.Index(&length, math.MaxInt)
	if c.err == nil && length != now {
		c.err = ErrForeign
	}
	return c.err == nil
}

// Numbers is a list of fixed length.
func (c *Coder) Numbers(x []float64) {
	if !c.same(len(x)) {
		return
	}
	for i := range x {
		c.Number(&x[i])
	}
}

// Numbers16 is a list of fixed length.
func (c *Coder) Numbers16(x []uint16) {
	now := make([]byte, 2*len(x))
	for i, number := range x {
		binary.LittleEndian.PutUint16(now[2*i:], number)
	}
	c.Blob(&now)
	if c.err == nil && len(now) != 2*len(x) {
		c.err = ErrForeign
	}
	if c.err == nil && c.Reading() {
		for i := range x {
			x[i] = binary.LittleEndian.Uint16(now[2*i:])
		}
	}
}

// Numbers32 is a list of fixed length.
func (c *Coder) Numbers32(x []uint32) {
	if !c.same(len(x)) {
		return
	}
	for i := range x {
		word := uint64(x[i])
		c.word(&word)
		x[i] = uint32(word)
	}
}

// Table is a table of fixed size.
func (c *Coder) Table(rows [][]float64) {
	for _, row := range rows {
		c.Numbers(row)
	}
}

// Counts is a table of fixed size.
func (c *Coder) Counts(rows [][]int64) {
	for _, row := range rows {
		for i := range row {
			c.Count(&row[i])
		}
	}
}

// List is a list that grows.
func (c *Coder) List(x *[]float64) {
	length := c.Length(len(*x), 8)
	if c.task == readState {
		*x = nil
		if length > 0 {
			*x = make([]float64, length)
		}
	}
	for i := range *x {
		c.Number(&(*x)[i])
	}
}

// Tables is a list of so many tables of so many rows and columns.
func (c *Coder) Tables(x *[][][]int64, length, rows, columns int) {
	if c.task == readState {
		*x = nil
		for range length {
			*x = append(*x, zeros(rows, columns))
		}
	}
	for _, table := range *x {
		c.Counts(table)
	}
}

// Blob is any bytes.
func (c *Coder) Blob(x *[]byte) {
	length := c.Length(len(*x), 1)
	switch c.task {
	case measureState:
		c.size += length
	case writeState:
		c.bytes = append(c.bytes, *x...)
	case readState:
		*x, c.bytes = c.bytes[:length], c.bytes[length:]
	}
}

func zeros(rows, columns int) [][]int64 {
	table := make([][]int64, rows)
	for i := range table {
		table[i] = make([]int64, columns)
	}
	return table
}
