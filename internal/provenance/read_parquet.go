package provenance

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

const (
	// parquetMagic begins and ends a file.
	parquetMagic = "PAR1"
	// maxFooter is the most bytes of a footer that are read: thousands of columns and row groups.
	maxFooter = 64 << 20
	// maxDepth is how deep values of a footer are nested at most.
	maxDepth = 16
)

// readParquet reads the metadata that the footer has by key: the compact protocol of Thrift,
// field 5 of FileMetaData. The library would allocate what a footer says that it holds.
func readParquet(file io.ReaderAt, size int64) (*Record, error) {
	var end [8]byte
	if size < int64(len(parquetMagic)+len(end)) {
		return nil, errors.New("the end of the Parquet file is missing")
	}
	if _, err := file.ReadAt(end[:], size-int64(len(end))); err != nil && err != io.EOF {
		return nil, err
	}
	length := int64(binary.LittleEndian.Uint32(end[:4]))
	if string(end[4:]) != parquetMagic || length > size-int64(len(parquetMagic)+len(end)) {
		return nil, errors.New("the end of the Parquet file is missing")
	}
	if length > maxFooter {
		return nil, fmt.Errorf("a Parquet footer of %d bytes is more than %d", length, maxFooter)
	}
	data := make([]byte, length)
	if _, err := file.ReadAt(data, size-int64(len(end))-length); err != nil {
		return nil, err
	}
	const keyValueMetadata = 5
	footer := &compact{data: data}
	var text []byte
	footer.object(0, func(id int, kind byte, depth int) {
		if id != keyValueMetadata || kind != thriftList {
			footer.skip(kind, depth)
			return
		}
		footer.list(depth, func(kind byte, depth int) {
			if kind != thriftStruct {
				footer.skip(kind, depth)
				return
			}
			if key, value := footer.keyValue(depth); string(key) == Key {
				text = value
			}
		})
	})
	switch {
	case footer.broken:
		return nil, errors.New("the footer of the Parquet file is broken")
	case text == nil:
		return nil, ErrNone
	}
	return decode(text)
}

// A compact is a place in data of the compact protocol of Thrift. Once something is wrong it is
// broken, and at the end.
type compact struct {
	data   []byte
	broken bool
}

// The types of Thrift, but for maps, which footers do not have.
const (
	thriftTrue, thriftFalse, thriftByte = 1, 2, 3
	thriftI16, thriftI32, thriftI64     = 4, 5, 6
	thriftDouble, thriftBinary          = 7, 8
	thriftList, thriftSet, thriftStruct = 9, 10, 12
)

func (c *compact) breaks() { c.data, c.broken = nil, true }

func (c *compact) bytes(count uint64) []byte {
	if count > uint64(len(c.data)) {
		c.breaks()
		return nil
	}
	head := c.data[:count:count]
	c.data = c.data[count:]
	return head
}

func (c *compact) byte() byte {
	if one := c.bytes(1); one != nil {
		return one[0]
	}
	return 0
}

func (c *compact) number() uint64 {
	value, length := binary.Uvarint(c.data)
	if length <= 0 {
		c.breaks()
		return 0
	}
	c.data = c.data[length:]
	return value
}

// object calls each with the number and type of each field, whose value it takes.
func (c *compact) object(depth int, each func(id int, kind byte, depth int)) {
	if depth > maxDepth {
		c.breaks()
	}
	id := 0
	for !c.broken {
		head := c.byte()
		if head == 0 {
			return
		}
		if step := int(head >> 4); step != 0 {
			id += step
		} else {
			zigzag := c.number()
			id = int(int16(zigzag>>1) ^ -int16(zigzag&1))
		}
		each(id, head&15, depth+1)
	}
}

// list calls each with the type of each element, whose value it takes.
func (c *compact) list(depth int, each func(kind byte, depth int)) {
	if depth > maxDepth {
		c.breaks()
	}
	head := c.byte()
	count := uint64(head >> 4)
	if count == 15 {
		count = c.number()
	}
	for range count {
		if c.broken {
			return
		}
		each(head&15, depth+1)
	}
}

func (c *compact) keyValue(depth int) (key, value []byte) {
	c.object(depth, func(id int, kind byte, depth int) {
		switch {
		case kind == thriftBinary && id == 1:
			key = c.bytes(c.number())
		case kind == thriftBinary && id == 2:
			value = c.bytes(c.number())
		default:
			c.skip(kind, depth)
		}
	})
	return key, value
}

// skip passes over a value. A bool is in the type of its field; in a list it is a byte.
func (c *compact) skip(kind byte, depth int) {
	switch kind {
	case thriftTrue, thriftFalse:
	case thriftByte:
		c.byte()
	case thriftI16, thriftI32, thriftI64:
		c.number()
	case thriftDouble:
		c.bytes(8)
	case thriftBinary:
		c.bytes(c.number())
	case thriftList, thriftSet:
		c.list(depth, func(kind byte, depth int) {
			if kind == thriftTrue || kind == thriftFalse {
				c.byte()
				return
			}
			c.skip(kind, depth)
		})
	case thriftStruct:
		c.object(depth, func(_ int, kind byte, depth int) { c.skip(kind, depth) })
	default:
		c.breaks()
	}
}
