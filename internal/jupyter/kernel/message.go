package kernel

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// header is the header of a message of the Jupyter protocol.
type header struct {
	ID      string `json:"msg_id"`
	Session string `json:"session"`
	User    string `json:"username"`
	Date    string `json:"date"`
	Type    string `json:"msg_type"`
	Version string `json:"version"`
}

// message is one message of the Jupyter protocol; Parent is the header of the
// request it answers.
type message struct {
	Header, Parent header
	Content        json.RawMessage
}

const (
	protocolVersion = "5.3"
	delimiter       = "<IDS|MSG>"
)

var errSignature = errors.New("a message from the kernel has a wrong signature")

// signer writes and reads the wire form of messages, which are signed by
// HMAC-SHA256 with a key only the two ends know.
type signer struct{ key []byte }

// newMessage makes a request with its content as JSON.
func newMessage(session, kind string, content any) (message, error) {
	data, err := json.Marshal(content)
	if err != nil {
		return message{}, err
	}
	return message{
		Header: header{
			ID:      randomHex(16),
			Session: session,
			User:    "bnn",
			Date:    time.Now().UTC().Format(time.RFC3339Nano),
			Type:    kind,
			Version: protocolVersion,
		},
		Content: data,
	}, nil
}

// frames returns the wire form: delimiter, signature, then four parts.
func (s signer) frames(m message) ([][]byte, error) {
	head, err := json.Marshal(m.Header)
	if err != nil {
		return nil, err
	}
	parent := []byte("{}")
	if m.Parent != (header{}) {
		if parent, err = json.Marshal(m.Parent); err != nil {
			return nil, err
		}
	}
	parts := [][]byte{head, parent, []byte("{}"), m.Content}
	return append([][]byte{[]byte(delimiter), s.signature(parts)}, parts...), nil
}

// read checks the signature of a received message and decodes it.
func (s signer) read(frames [][]byte) (message, error) {
	for len(frames) > 0 && string(frames[0]) != delimiter {
		frames = frames[1:] // addresses put in front by the sockets
	}
	if len(frames) < 6 {
		return message{}, errors.New("a message from the kernel is incomplete")
	}
	parts := frames[2:6]
	if !hmac.Equal(frames[1], s.signature(parts)) {
		return message{}, errSignature
	}
	m := message{Content: parts[3]}
	if err := json.Unmarshal(parts[0], &m.Header); err != nil {
		return message{}, fmt.Errorf("header of a message from the kernel: %w", err)
	}
	if err := json.Unmarshal(parts[1], &m.Parent); err != nil {
		return message{}, fmt.Errorf("parent header of a message from the kernel: %w", err)
	}
	return m, nil
}

func (s signer) signature(parts [][]byte) []byte {
	mac := hmac.New(sha256.New, s.key)
	for _, part := range parts {
		mac.Write(part)
	}
	return []byte(hex.EncodeToString(mac.Sum(nil)))
}

// randomHex returns the hexadecimal digits of so many random bytes.
func randomHex(bytes int) string {
	data := make([]byte, bytes)
	rand.Read(data) // never fails, see its documentation
	return hex.EncodeToString(data)
}
