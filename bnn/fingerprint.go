package bnn

import (
	"crypto/sha256"
	"encoding/hex"
)

// Fingerprint returns the SHA-256 of the dynamics of the network, as 64 hex
// digits: equal for two networks exactly if all but the labels Name and Note is
// equal. It does not depend on how a file spells them (order of keys, white
// space, 1 or 1.0 or 1e0, defaults left out or not), and names one for good: data
// stored under it stay valid. A network that Validate refuses has none: "".
//
// What is hashed is the canonical form: the JSON text that WriteNetwork writes,
// without the keys name, note and unit of the network and without white space. A rate or
// stimulus of the caller's own enters by its Key.
func (network *Network) Fingerprint() string {
	if network.Validate() != nil {
		return ""
	}
	sum := sha256.Sum256([]byte(compactJSON(network.dynamics())))
	return hex.EncodeToString(sum[:])
}
