package bnn

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A replica file is a line of text that says what it is, the values as
// little-endian 64-bit floating point numbers, and the SHA-256 of all that.

func replicaName(replica int) string { return fmt.Sprintf("%08d%s", replica, replicaSuffix) }

func replicaHeader(key string, replica, count int) []byte {
	return fmt.Appendf(nil, "balanced replica, format %d, recipe %s, number %d, values %d\n", storeFormat, key, replica, count)
}

func encodeReplica(key string, replica int, values []float64) []byte {
	content := replicaHeader(key, replica, len(values))
	for _, x := range values {
		content = binary.LittleEndian.AppendUint64(content, math.Float64bits(x))
	}
	sum := sha256.Sum256(content)
	return append(content, sum[:]...)
}

// decodeReplica returns the values, or why the file is not the one expected.
func decodeReplica(content []byte, key string, replica int) ([]float64, error) {
	line, _, _ := bytes.Cut(content, []byte("\n"))
	count, err := strconv.Atoi(string(line[bytes.LastIndexByte(line, ' ')+1:]))
	if err != nil || count < 0 || count > len(content) || !bytes.HasPrefix(content, replicaHeader(key, replica, count)) {
		return nil, errors.New("it is not the file of this replica")
	}
	header := len(line) + 1
	if want := header + 8*count + sha256.Size; len(content) != want {
		return nil, fmt.Errorf("it has %d bytes instead of %d", len(content), want)
	}
	body := content[:len(content)-sha256.Size]
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:], content[len(body):]) {
		return nil, errors.New("its checksum is wrong")
	}
	values := make([]float64, count)
	for i := range values {
		values[i] = math.Float64frombits(binary.LittleEndian.Uint64(body[header+8*i:]))
	}
	return values, nil
}

// checkReplica tells why a file of the given name is not a replica of the recipe.
func checkReplica(content []byte, key, name string) error {
	replica, err := strconv.Atoi(strings.TrimSuffix(name, replicaSuffix))
	if err != nil || replica < 0 || replicaName(replica) != name {
		return errors.New("its name is not that of a replica")
	}
	_, err = decodeReplica(content, key, replica)
	return err
}
