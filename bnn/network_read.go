package bnn

import (
	"bytes"
	"fmt"
	"io"
	"os"
)

// maxNetworkText is the greatest length in bytes of a network file.
const maxNetworkText = 1 << 20

// ReadNetwork reads a network from a JSON file of at most 1 MiB and at most
// MaxPopulations populations; more is not read into memory. Keys left out take
// their defaults: note "", size 1, noise 0, stimulus the constant 0, feedforward
// none.
//
// Everything the file may not hold is an error that names the file and wraps an
// *InputError: text that is no JSON, a key that is unknown, missing or given
// twice, a value of the wrong type, NaN, infinity or null, and all that Validate
// refuses.
//
// Settings are made in order before the network is checked, so that together they may
// change what alone would break a rule, or mend one.
func ReadNetwork(path string, settings ...Setting) (*Network, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading a network: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxNetworkText+1))
	if err != nil {
		return nil, fmt.Errorf("reading a network: %w", err)
	}
	network, err := ParseNetwork(text, settings...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return network, nil
}

// byteOrderMark begins the UTF-8 text of some editors, and says nothing.
const byteOrderMark = "\uFEFF"

// ParseNetwork reads a network from the text of a network file, as ReadNetwork
// does; its errors are of type *InputError. A byte order mark before the text is
// left out.
func ParseNetwork(data []byte, settings ...Setting) (*Network, error) {
	if err := checkTextLength(len(data)); err != nil {
		return nil, err
	}
	tree, err := readJSON(bytes.TrimPrefix(data, []byte(byteOrderMark)))
	if err != nil {
		return nil, err
	}
	var decoder networkDecoder
	network := decoder.network(tree)
	if decoder.err != nil {
		return nil, decoder.err
	}
	for _, setting := range settings {
		if err := network.Set(setting.Path, setting.Value); err != nil {
			return nil, err
		}
	}
	if err := network.Validate(); err != nil {
		return nil, err
	}
	return network, nil
}

// UnmarshalJSON replaces the network by the one in data, as ParseNetwork reads
// it. It makes encoding/json as strict as ReadNetwork, null included.
func (network *Network) UnmarshalJSON(data []byte) error {
	parsed, err := ParseNetwork(data)
	if err != nil {
		return err
	}
	*network = *parsed
	return nil
}

func checkTextLength(length int) error {
	if length <= maxNetworkText {
		return nil
	}
	return &InputError{"", "a text of more than 1 MiB", fmt.Sprintf("at most %d bytes long", maxNetworkText)}
}
