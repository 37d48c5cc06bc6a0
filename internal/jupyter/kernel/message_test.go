package kernel

import (
	"bytes"
	"errors"
	"testing"
)

func TestMessageRoundTrip(t *testing.T) {
	s := signer{[]byte("key")}
	sent, err := newMessage("session", "execute_request", map[string]any{"code": "é\n"})
	if err != nil {
		t.Fatal(err)
	}
	sent.Parent.ID = "parent"
	frames, err := s.frames(sent)
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.read(append([][]byte{[]byte("address")}, frames...))
	if err != nil {
		t.Fatal(err)
	}
	if got.Header != sent.Header || got.Parent != sent.Parent || !bytes.Equal(got.Content, sent.Content) {
		t.Errorf("read %+v, sent %+v", got, sent)
	}
}

// The value is computed by Python's hmac, as jupyter_client does.
func TestSignatureIsThatOfJupyter(t *testing.T) {
	got := signer{[]byte("secret")}.signature([][]byte{[]byte(`{"a":1}`), []byte("{}"), []byte("{}"), []byte(`{"code":"x"}`)})
	if want := "a429a57c76bba89b4949b7629a9be2c46105a15cef7dc5002a0a4d085cb144c4"; string(got) != want {
		t.Errorf("signature %s, want %s", got, want)
	}
}

func TestAnyChangedByteIsRefused(t *testing.T) {
	s := signer{[]byte("key")}
	sent, err := newMessage("session", "stream", map[string]any{"text": "x"})
	if err != nil {
		t.Fatal(err)
	}
	frames, err := s.frames(sent)
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(frames); i++ {
		for j := range frames[i] {
			frames[i][j] ^= 1
			if _, err := s.read(frames); !errors.Is(err, errSignature) {
				t.Errorf("frame %d byte %d changed: error %v", i, j, err)
			}
			frames[i][j] ^= 1
		}
	}
	for length := range frames {
		if _, err := s.read(frames[:length]); err == nil {
			t.Errorf("a message of %d frames is accepted", length)
		}
	}
}
