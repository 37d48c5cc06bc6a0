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

func replicaName(replica int) string { return fmt.Sprintf("%08d%s", replica, replicaSuffix) }

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

// checkReplica tells why a file of the given name is not a replica of the recipe.
func checkReplica(content []byte, key, name string) error {
	line, _, _ := bytes.Cut(content, []byte("\n"))
	var format, replica, count int
	var recipe string
	_, err := fmt.Sscanf(string(line), "balanced replica, format %d, recipe %32s, number %d, values %d", &format, &recipe, &replica, &count)
	if err != nil || count < 0 || count > len(content) || replicaName(replica) != name {
		return errors.New("it is not the file of this replica")
	}
	_, err = decodeReplica(content, key, replica, count)
	return err
}
