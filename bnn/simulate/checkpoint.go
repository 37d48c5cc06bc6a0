package simulate

import (
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
)

// A checkpoint is the complete state of a replica between two of its moments, as bytes:
// its random stream, what its recorders have so far, and all that its method needs to go
// on. A run that goes on from it gives the bytes of one that never stopped.

// What takes part in a checkpoint is resumable: the run of a method, and the recorders of
// an ensemble.
type resumable interface {
	// checkpoint shows the coder every variable that what comes depends on, and that is
	// not the same in each new run of the replica, always in the same order.
	checkpoint(c *stateCoder)
}

// A stateCoder writes variables into a checkpoint or reads them back. A run names its
// variables once for both, so that what is written and what is read cannot differ.
type stateCoder struct {
	task  stateTask
	bytes []byte // written so far, or left to be read
	size  int    // measured so far
	err   error  // why reading failed
}

type stateTask int

const (
	measureState stateTask = iota
	writeState
	readState
)

var errForeignState = errors.New("it is not the state of this replica")

// encodeState returns the checkpoint of all parts, or only its size where that exceeds most.
func encodeState(parts []resumable, most int) (state []byte, size int) {
	c := &stateCoder{task: measureState}
	for _, part := range parts {
		part.checkpoint(c)
	}
	if c.size > most {
		return nil, c.size
	}
	*c = stateCoder{task: writeState, bytes: make([]byte, 0, c.size)}
	for _, part := range parts {
		part.checkpoint(c)
	}
	return c.bytes, len(c.bytes)
}

// decodeState gives all parts the variables that encodeState wrote. After an error they
// are of no use.
func decodeState(state []byte, parts []resumable) error {
	c := &stateCoder{task: readState, bytes: state}
	for _, part := range parts {
		part.checkpoint(c)
	}
	if c.err == nil && len(c.bytes) > 0 {
		return errForeignState
	}
	return c.err
}

func (c *stateCoder) word(x *uint64) {
	switch {
	case c.task == measureState:
		c.size += 8
	case c.task == writeState:
		c.bytes = binary.LittleEndian.AppendUint64(c.bytes, *x)
	case c.err != nil:
	case len(c.bytes) < 8:
		c.err = errForeignState
	default:
		*x, c.bytes = binary.LittleEndian.Uint64(c.bytes), c.bytes[8:]
	}
}

func (c *stateCoder) words(x ...*uint64) {
	for _, x := range x {
		c.word(x)
	}
}

func (c *stateCoder) count(x *int64) {
	word := uint64(*x)
	c.word(&word)
	*x = int64(word)
}

// index is a number from 0 to below a limit.
func (c *stateCoder) index(x *int, limit int) {
	word := uint64(*x)
	c.word(&word)
	if c.task == readState && c.err == nil && word >= uint64(limit) {
		c.err = errForeignState
		return
	}
	*x = int(word)
}

func (c *stateCoder) flag(x *bool) {
	number := 0
	if *x {
		number = 1
	}
	c.index(&number, 2)
	*x = number == 1
}

func (c *stateCoder) number(x *float64) {
	word := math.Float64bits(*x)
	c.word(&word)
	*x = math.Float64frombits(word)
}

// length writes a length or reads one, of things of at least so many bytes each. It is 0
// after an error.
func (c *stateCoder) length(now, bytesEach int) int {
	length := now
	c.index(&length, math.MaxInt)
	if c.task == readState && length > len(c.bytes)/bytesEach {
		c.err = errForeignState
	}
	if c.err != nil {
		return 0
	}
	return length
}

// same tells whether a list that never changes its length has it here too.
func (c *stateCoder) same(now int) bool {
	length := now
	c.index(&length, math.MaxInt)
	if c.err == nil && length != now {
		c.err = errForeignState
	}
	return c.err == nil
}

// numbers is a list of fixed length.
func (c *stateCoder) numbers(x []float64) {
	if !c.same(len(x)) {
		return
	}
	for i := range x {
		c.number(&x[i])
	}
}

// small and numbers32 are lists of fixed length, too.
func (c *stateCoder) small(x []uint8) {
	now := x
	c.blob(&now)
	if c.err == nil && len(now) != len(x) {
		c.err = errForeignState
	}
	if c.err == nil {
		copy(x, now)
	}
}

func (c *stateCoder) numbers32(x []uint32) {
	if !c.same(len(x)) {
		return
	}
	for i := range x {
		word := uint64(x[i])
		c.word(&word)
		x[i] = uint32(word)
	}
}

// table is a table of fixed size.
func (c *stateCoder) table(rows [][]float64) {
	for _, row := range rows {
		c.numbers(row)
	}
}

// counts is a table of fixed size.
func (c *stateCoder) counts(rows [][]int64) {
	for _, row := range rows {
		for i := range row {
			c.count(&row[i])
		}
	}
}

// list is a list that grows.
func (c *stateCoder) list(x *[]float64) {
	length := c.length(len(*x), 8)
	if c.task == readState {
		*x = nil
		if length > 0 {
			*x = make([]float64, length)
		}
	}
	for i := range *x {
		c.number(&(*x)[i])
	}
}

// tables is a list of so many tables of so many rows and columns.
func (c *stateCoder) tables(x *[][][]int64, length, rows, columns int) {
	if c.task == readState {
		*x = nil
		for range length {
			*x = append(*x, newCounts(rows, columns))
		}
	}
	for _, table := range *x {
		c.counts(table)
	}
}

// blob is any bytes.
func (c *stateCoder) blob(x *[]byte) {
	length := c.length(len(*x), 1)
	switch c.task {
	case measureState:
		c.size += length
	case writeState:
		c.bytes = append(c.bytes, *x...)
	case readState:
		*x, c.bytes = c.bytes[:length], c.bytes[length:]
	}
}

// A replicaSource is the random stream of a replica.
type replicaSource struct{ *rand.ChaCha8 }

func (s replicaSource) checkpoint(c *stateCoder) {
	state, err := s.MarshalBinary()
	if err != nil {
		panic(err) // It is documented never to fail.
	}
	c.blob(&state)
	if c.task == readState && c.err == nil {
		c.err = s.UnmarshalBinary(state)
	}
}
