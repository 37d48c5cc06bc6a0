package bnn

import (
	"math"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// What is stored under a fingerprint is found by it: these never change.
func TestFingerprintsOfTheExamples(t *testing.T) {
	golden := map[string]string{
		"abstract.json":       "53b2c58b36ddc4abca4f0e570ec45a62823fac06988ea7636c8c3c0a46c8e10f",
		"feedforward.json":    "1dd877bb1fb7bec549ecd239aee93a3795285d5763506a1b3f8edc1940d537f3",
		"two-timescales.json": "71dfda64cb381ab3313ccbeae813fba18a3614fbec5021daf52c3e9feabe6c76",
	}
	found := 0
	for _, path := range exampleNetworks(t) {
		want, is := golden[filepath.Base(path)]
		if !is {
			continue
		}
		found++
		network, err := ReadNetwork(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := network.Fingerprint(); got != want {
			t.Errorf("%s has the fingerprint %s, want %s", path, got, want)
		}
	}
	if found != len(golden) {
		t.Errorf("%d of %d networks are there", found, len(golden))
	}
}

func TestFingerprintIgnoresSpelling(t *testing.T) {
	const text = `{"name":"a","populations":[{"name":"E","tau":1,"rate":{"kind":"logistic","max":200,"slope":0.5,"threshold":0}}],` +
		`"weights":[[-1]],"initial":{"mean":[0],"variance":[0],"project":false}}`
	want := fingerprintOf(t, text)
	for _, c := range []struct{ old, new string }{
		{`"name":"a"`, `"name":"b"`},
		{`"name":"a"`, `"note":"something","name":"a"`},
		{`"tau":1`, `"tau":1.0`},
		{`"tau":1`, `"tau":1e0`},
		{`"tau":1`, `"tau":100E-2`},
		{`"max":200`, `"max":2e+2`},
		{`"slope":0.5`, `"slope":0.50000000000000000000001`},
		{`"threshold":0`, `"threshold":-0`},
		{`"threshold":0`, `"threshold":-0.0e5`},
		{`"tau":1`, `"tau":1,"size":1,"noise":-0`},
		{`"tau":1`, `"tau":1,"stimulus":{"value":0,"kind":"constant"}`},
		{`"weights"`, `"feedforward":[],"weights"`},
		{`"max":200,"slope":0.5`, `"slope":0.5,"max":200`},
		{`"name":"E","tau":1`, `"tau":1,"name":"\u0045"`},
		{`:`, " :\n\t"},
		{`"mean":[0],"variance":[0],"project":false`, `"project":false,"variance":[0],"mean":[0]`},
	} {
		edited := strings.ReplaceAll(text, c.old, c.new)
		if edited == text {
			t.Fatalf("%q is not in the text", c.old)
		}
		if got := fingerprintOf(t, edited); got != want {
			t.Errorf("%q for %q changes the fingerprint", c.new, c.old)
		}
	}
}

func fingerprintOf(t *testing.T, text string) string {
	t.Helper()
	network, err := ParseNetwork([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return network.Fingerprint()
}

func TestFingerprintOfANilStimulusIsThatOfZero(t *testing.T) {
	network := networkOfEverything()
	network.Populations[0].Stimulus = nil
	got := network.Fingerprint()
	network.Populations[0].Stimulus = ConstantStimulus{math.Copysign(0, -1)}
	if got != network.Fingerprint() || len(got) != 64 {
		t.Errorf("fingerprints %s and %s", got, network.Fingerprint())
	}
}

// eachLeaf calls visit for every number, text and bool below a value, with a
// function that changes it a little (or back).
func eachLeaf(path string, value reflect.Value, visit func(path string, change, restore func())) {
	if table, is := value.Interface().(TableRate); is {
		visit(path, func() { value.Set(reflect.ValueOf(tableOf(table.v, append([]float64{7}, table.rate[1:]...)))) },
			func() { value.Set(reflect.ValueOf(table)) })
		return
	}
	switch value.Kind() {
	case reflect.Pointer:
		eachLeaf(path, value.Elem(), visit)
	case reflect.Struct:
		for i := range value.NumField() {
			eachLeaf(path+"."+value.Type().Field(i).Name, value.Field(i), visit)
		}
	case reflect.Slice:
		for i := range value.Len() {
			eachLeaf(IndexPath(path, i), value.Index(i), visit)
		}
	case reflect.Interface:
		// What an interface holds cannot be set in place: change a copy, put it back.
		held := reflect.New(value.Elem().Type()).Elem()
		held.Set(value.Elem())
		eachLeaf(path, held, func(path string, change, restore func()) {
			visit(path, func() { change(); value.Set(held) }, func() { restore(); value.Set(held) })
		})
	default:
		old := reflect.ValueOf(value.Interface())
		visit(path, func() {
			switch value.Kind() {
			case reflect.Float64:
				value.SetFloat(old.Float()*(1+0x1p-52) + 0x1p-1000)
			case reflect.String:
				value.SetString(old.String() + "x")
			case reflect.Bool:
				value.SetBool(!old.Bool())
			default:
				panic("a field of a kind unknown here: " + path)
			}
		}, func() { value.Set(old) })
	}
}

func TestFingerprintKnowsEveryField(t *testing.T) {
	knowsEveryField(t, networkOfEverything(), 71)
	knowsEveryField(t, networkOfMore(), 95)
}

func knowsEveryField(t *testing.T, network *Network, want int) {
	t.Helper()
	original := network.Fingerprint()
	seen := map[string]string{original: "the original"}
	leaves := 0
	eachLeaf("", reflect.ValueOf(network), func(path string, change, restore func()) {
		leaves++
		change()
		got := network.Fingerprint()
		restore()
		switch label := path == ".Name" || path == ".Note" || strings.HasPrefix(path, ".Unit."); {
		case path == ".Populations[2].Spread" && got == "": // of a constant rate
		case got == "":
			t.Errorf("%s cannot be changed: the test needs another value", path)
		case label && got != original:
			t.Errorf("the label %s changes the fingerprint", path)
		case !label && seen[got] != "":
			t.Errorf("a change of %s gives the fingerprint of %s", path, seen[got])
		default:
			seen[got] = path
		}
		if network.Fingerprint() != original {
			t.Fatalf("%s is not restored", path)
		}
	})
	if leaves != want {
		t.Errorf("%d fields were changed, want %d", leaves, want)
	}
}

func TestFingerprintKnowsKindsAndOrder(t *testing.T) {
	seen := map[string]string{networkOfEverything().Fingerprint(): "the original"}
	for name, change := range map[string]func(*Network){
		"another rate":         func(n *Network) { n.Populations[0].Rate = Probit{2, 1, 0.5} },
		"another stimulus":     func(n *Network) { n.Populations[1].Stimulus = Sine{0.25, 1, 2, 3} },
		"a missing source":     func(n *Network) { n.Feedforward = n.Feedforward[:1] },
		"the order of sources": func(n *Network) { n.Feedforward[0], n.Feedforward[1] = n.Feedforward[1], n.Feedforward[0] },
		"transposed weights": func(n *Network) {
			n.Weights = [][]float64{{1, 1.25, 3}, {1, 1, 1.5}, {0.1, 2, 1e-7}}
		},
		"untransposed weights": func(n *Network) {
			n.Weights = [][]float64{{1, 1, 0.1}, {1.25, 1, 2}, {3, 1.5, 1e-7}}
		},
	} {
		network := networkOfEverything()
		change(network)
		got := network.Fingerprint()
		if got == "" || seen[got] != "" {
			t.Errorf("%s: fingerprint %q is that of %s", name, got, seen[got])
		}
		seen[got] = name
	}
}
