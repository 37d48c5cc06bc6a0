//go:build !js

package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksum is that of a row: the CRC-32C in the upper half of 64 bits and the CRC-32 (of
// zlib) in the lower one, both of the key of the shelf, the number of the first record and
// how many there are as little-endian 64-bit integers, and the value. Together they are a
// cyclic code of 64 bits, which any damage of up to 8 bytes in a row changes, and any other
// but once in 2⁶⁴; and processors have instructions for both.
func checksum(key string, first, count int, value []byte) int64 {
	head := append([]byte(key), make([]byte, 16)...)
	binary.LittleEndian.PutUint64(head[len(key):], uint64(first))
	binary.LittleEndian.PutUint64(head[len(key)+8:], uint64(count))
	upper := crc32.Update(crc32.Checksum(head, castagnoli), castagnoli, value)
	lower := crc32.Update(crc32.ChecksumIEEE(head), crc32.IEEETable, value)
	return int64(uint64(upper)<<32 | uint64(lower))
}

// checkRow tells why a row cannot be trusted.
func checkRow(key string, first, count int, sum int64, value []byte) error {
	switch {
	case count < 1 || count > rowRecords || len(value)%count != 0:
		return fmt.Errorf("%d bytes are not %d records", len(value), count)
	case checksum(key, first, count, value) != sum:
		return errors.New("the checksum is wrong")
	}
	return nil
}

func encodeNumbers(values []float64) []byte {
	record := make([]byte, 0, 8*len(values))
	for _, x := range values {
		record = binary.LittleEndian.AppendUint64(record, math.Float64bits(x))
	}
	return record
}

// decodeNumbers is the inverse, of a whole number of them.
func decodeNumbers(record []byte) []float64 {
	values := make([]float64, len(record)/8)
	for i := range values {
		values[i] = math.Float64frombits(binary.LittleEndian.Uint64(record))
		record = record[8:]
	}
	return values
}
