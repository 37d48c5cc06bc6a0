package bnn

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"balanced/bnn/internal/numbers"
)

const writtenNetwork = `{
  "name": "everything",
  "note": "quotes \" and <signs> & ümlauts",
  "populations": [
    {
      "name": "E",
      "tau": 1,
      "size": 1.6,
      "noise": 0.25,
      "rate": {"kind": "logistic", "max": 2, "slope": 1, "threshold": 0.5},
      "stimulus": {"kind": "constant", "value": 0.5}
    },
    {
      "name": "I_1",
      "tau": 0.5,
      "size": 0.4,
      "noise": 0.125,
      "rate": {"kind": "probit", "max": 4, "slope": 3, "threshold": -0.5},
      "stimulus": {"kind": "pulse", "baseline": 0.25, "amplitude": 1, "start": -2, "duration": 3}
    },
    {
      "name": "I-2",
      "tau": 0.1,
      "size": 0.001,
      "noise": 1000000,
      "rate": {"kind": "constant", "value": 0.3333333333333333},
      "stimulus": {"kind": "sine", "baseline": 0.5, "amplitude": -0.75, "period": 4, "phase": 1}
    }
  ],
  "weights": [
    [1, -1, -0.1],
    [1.25, -1, -2],
    [3, -1.5, -1e-7]
  ],
  "feedforward": [
    {
      "name": "thalamus & co",
      "size": 2,
      "rate": {"kind": "sine", "baseline": 1, "amplitude": 0.75, "period": 2, "phase": 0.5},
      "weights": [0.5, 0.25, -0.125]
    },
    {
      "name": "X",
      "size": 0.5,
      "rate": {"kind": "pulse", "baseline": 1, "amplitude": -0.75, "start": 1, "duration": 2},
      "weights": [1, 2, 3]
    }
  ],
  "initial": {
    "mean": [1, 0.5, -0.5],
    "variance": [0.25, 0.5, 1],
    "project": true
  }
}
`

func TestWriteNetworkText(t *testing.T) {
	path := filepath.Join(t.TempDir(), "network.json")
	if err := WriteNetwork(path, networkOfEverything()); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != writtenNetwork {
		t.Errorf("written:\n%s", got)
	}
	network, err := ReadNetwork(path)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(network, networkOfEverything()) {
		t.Errorf("read %+v", network)
	}
}

func TestWriteNetworkRefuses(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "network.json")
	bad := networkOfEverything()
	bad.Populations[1].Tau = math.NaN()
	inputErrorAt(t, WriteNetwork(path, bad), "populations[1].tau")
	long := networkOfEverything()
	long.Note = strings.Repeat("a", maxNetworkText)
	inputErrorAt(t, WriteNetwork(path, long), "")
	if _, err := os.Stat(path); err == nil {
		t.Error("a refused network leaves a file")
	}
	if err := WriteNetwork(filepath.Join(folder, "none", "network.json"), networkOfEverything()); err == nil {
		t.Error("a folder that does not exist is no error")
	}
}

func TestMarshalNetwork(t *testing.T) {
	network := networkOfEverything()
	pointer, err := json.Marshal(network)
	if err != nil {
		t.Fatal(err)
	}
	value, err := json.Marshal(*network)
	if err != nil || string(value) != string(pointer) {
		t.Errorf("a network by value is written as %s (%v)", value, err)
	}
	var again Network
	if err := json.Unmarshal(pointer, &again); err != nil || !reflect.DeepEqual(&again, network) {
		t.Errorf("read %+v, error %v", again, err)
	}
	network.Initial.Mean[0] = math.Inf(1)
	_, err = json.Marshal(network)
	inputErrorAt(t, err, "initial.mean[0]")
}

// Any finite number comes back as it went, but for the sign of zero.
func TestNetworkNumbersRoundTrip(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	list := []float64{0, math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, 0.1, 1e21, 1e-7, 123456789}
	for len(list) < 2000 {
		if number := math.Float64frombits(random.Uint64()); numbers.Finite(number) {
			list = append(list, number)
		}
	}
	network := networkOfEverything()
	for _, number := range list {
		network.Initial.Mean[0] = number
		text, err := network.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseNetwork(text)
		if err != nil {
			t.Fatal(err)
		}
		if math.Float64bits(again.Initial.Mean[0]) != math.Float64bits(number) {
			t.Errorf("%v is read as %v", number, again.Initial.Mean[0])
		}
	}
	network.Initial.Mean[0] = math.Copysign(0, -1)
	text, err := network.MarshalJSON()
	if err != nil || strings.Contains(string(text), "-0,") {
		t.Errorf("−0 is written as such (error %v)", err)
	}
}
