package execute

import (
	"sync"
	"testing"
	"time"
)

func TestAnnounce(t *testing.T) {
	var text lockedText
	Announce(&text, "quick")()
	done := Announce(&text, "slow")
	for wait := 0; text.String() == "" && wait < 3000; wait++ {
		time.Sleep(time.Millisecond)
	}
	done()
	if text.String() != "slow\n" {
		t.Errorf("%q", text.String())
	}
}

// lockedText is what is written to it, by whomever.
type lockedText struct {
	mutex sync.Mutex
	text  string
}

func (l *lockedText) Write(data []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.text += string(data)
	return len(data), nil
}

func (l *lockedText) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text
}
