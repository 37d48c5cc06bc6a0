package provenance

import (
	"fmt"
	"io"

	"balanced/internal/table/npz"
)

// ArrayName names the array of an NPZ file that holds the record.
const ArrayName = "provenance"

func readNPZ(file io.ReaderAt, size int64) (*Record, error) {
	text, found, err := npz.ReadText(file, size, ArrayName, maxRecord)
	if err != nil {
		return nil, fmt.Errorf("NPZ: %w", err)
	}
	if !found {
		return nil, ErrNone
	}
	return decode([]byte(text))
}
