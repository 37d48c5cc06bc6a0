package bnn

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadNetworkNamesTheFile(t *testing.T) {
	folder := t.TempDir()
	absent := filepath.Join(folder, "absent.json")
	if _, err := ReadNetwork(absent); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), absent) {
		t.Errorf("an absent file gives %v", err)
	}
	if _, err := ReadNetwork(folder); err == nil || !strings.Contains(err.Error(), folder) {
		t.Errorf("a folder gives %v", err)
	}
	bad := filepath.Join(folder, "bad.json")
	if err := os.WriteFile(bad, []byte(`{"name": 1}`), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := ReadNetwork(bad)
	inputErrorAt(t, err, "name")
	if !strings.HasPrefix(err.Error(), bad+": ") {
		t.Errorf("error %q does not begin with the file", err)
	}
}

func TestReadNetworkRefusesLargeFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large.json")
	for _, c := range []struct {
		length int
		fits   bool
	}{{maxNetworkText, true}, {maxNetworkText + 1, false}, {64 << 20, false}} {
		text := append([]byte(networkText), bytes.Repeat([]byte(" "), c.length-len(networkText))...)
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := ReadNetwork(path)
		if c.fits && err != nil {
			t.Errorf("%d bytes: %v", c.length, err)
		} else if !c.fits {
			inputErrorAt(t, err, "")
			if !strings.Contains(err.Error(), "1048576 bytes") {
				t.Errorf("error %q does not name the limit", err)
			}
		}
	}
}

func TestParseNetworkRefusesManyPopulations(t *testing.T) {
	for _, population := range []string{`{}`, `{"name": "E", "tau": 1, "rate": {"kind": "constant", "value": 1}}`} {
		list := strings.Repeat(population+",", MaxPopulations) + population
		_, err := ParseNetwork([]byte(`{"name": "many", "populations": [` + list + `]}`))
		input := inputErrorAt(t, err, "populations")
		if !strings.Contains(input.Value, fmt.Sprint(MaxPopulations+1)) || !strings.Contains(input.Allowed, fmt.Sprint(MaxPopulations)) {
			t.Errorf("error %q does not name the numbers", err)
		}
	}
}

func TestUnmarshalNetworkIsStrict(t *testing.T) {
	var network Network
	if err := json.Unmarshal([]byte(networkText), &network); err != nil || network.Name != "test" {
		t.Fatalf("read %q, error %v", network.Name, err)
	}
	err := json.Unmarshal([]byte(strings.Replace(networkText, `"note"`, `"Note"`, 1)), &network)
	inputErrorAt(t, err, "Note")
	if err := json.Unmarshal([]byte("null"), &network); err == nil {
		t.Error("null is accepted")
	}
	if network.Name != "test" {
		t.Error("a refused text changes the network")
	}
}
