package nbformat

import "fmt"

// MaxSize is the greatest length in bytes of a notebook file. What is larger is refused
// before it fills the memory: a notebook is read as a whole, and so it is by Jupyter.
const MaxSize = 256 << 20

// maxSize is MaxSize, but for tests, which would take long with so much.
var maxSize int64 = MaxSize

// ErrSize is the error of a notebook that is larger than MaxSize.
var ErrSize = fmt.Errorf("a notebook of more than %d MiB: must be smaller; large data belong into files, which cells read", MaxSize>>20)

func checkSize(bytes int64) error {
	if bytes > maxSize {
		return ErrSize
	}
	return nil
}

// OutputSize is the number of bytes that the outputs of a cell take in the file of its
// notebook, but for their indentation. It returns what Encode says of outputs that are
// not allowed.
func OutputSize(outputs []Output) (int64, error) {
	n := Notebook{Cells: []Cell{{Kind: Code, Outputs: outputs}}}
	data, err := n.Encode()
	return int64(len(data)), err
}
