package bnn

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// A replica file is a line of text that says what it is, the measurements as
// little-endian 64-bit floating point numbers, and the SHA-256 of all that.

func replicaHeader(key string, replica, count int) []byte {
	return fmt.Appendf(nil, "balanced replica, format %d, recipe %s, number %d, values %d\n", storeFormat, key, replica, count)
}

func encodeReplica(key string, replica int, measured []float64) []byte {
	content := replicaHeader(key, replica, len(measured))
	for _, x := range measured {
		content = binary.LittleEndian.AppendUint64(content, math.Float64bits(x))
	}
	sum := sha256.Sum256(content)
	return append(content, sum[:]...)
}

// decodeReplica returns the measurements, or why the file is not the one expected.
func decodeReplica(content []byte, key string, replica, count int) ([]float64, error) {
	header := replicaHeader(key, replica, count)
	if !bytes.HasPrefix(content, header) {
		return nil, errors.New("it is not the file of this replica")
	}
	if want := len(header) + 8*count + sha256.Size; len(content) != want {
		return nil, fmt.Errorf("it has %d bytes instead of %d", len(content), want)
	}
	body := content[:len(content)-sha256.Size]
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:], content[len(body):]) {
		return nil, errors.New("its checksum is wrong")
	}
	measured := make([]float64, count)
	for i := range measured {
		measured[i] = math.Float64frombits(binary.LittleEndian.Uint64(body[len(header)+8*i:]))
	}
	return measured, nil
}
