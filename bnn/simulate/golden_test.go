package simulate

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"flag"
	"fmt"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
)

// To write the golden replicas anew, after a change that is meant to change bytes:
//
//	go test ./bnn/simulate -run TestGoldenReplicas -update
var updateGolden = flag.Bool("update", false, "write the golden file anew")

const goldenFile = "../testdata/replicas.golden"

// Two replicas of each method, as hashes of all their numbers. They are those of before
// the rooms were built, so that a move of code which changes a stream of random numbers,
// or the order of a sum, is seen; those of networks with what the second stage brought are of
// when it came.
func TestGoldenReplicas(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skipf("the golden replicas are of amd64: %s may round otherwise", runtime.GOARCH)
	}
	noisy := networktest.ReadNetwork(t, "abstract")
	noisy.Populations[0].Noise = 0.5
	wider := widerNetworks(t)
	var text strings.Builder
	for _, c := range []struct {
		name   string
		method Method
	}{
		{"exact", Exact{}}, {"pairwise", Pairwise{}}, {"leap", Leap{}}, {"leap with a step", Leap{Step: 0.01}},
		{"mean field", MeanField{}}, {"shared spikes", SharedSpikes{}}, {"sparse", Sparse{InDegree: 8}},
	} {
		networks := []*bnn.Network{networktest.ReadNetwork(t, "abstract"), networktest.ReadNetwork(t, "feedforward"), noisy}
		for _, kind := range []string{"rates", "stimuli", "spread", "shared", "mixture", "everything"} {
			network := wider[kind]
			network.Name = kind
			networks = append(networks, network)
		}
		for _, network := range networks {
			if leap, is := c.method.(Leap); is && leap.Step == 0 && wider[network.Name] != nil && network.Name != "mixture" {
				continue // what chooses the step is theory, which is held to other numbers
			}
			if _, is := c.method.(Sparse); is && slices.ContainsFunc(network.Feedforward, func(source bnn.Source) bool { return source.Shared }) {
				continue // refused
			}
			ensemble := Ensemble{Network: network, N: 40, Replicas: 2, Seed: 7, Method: c.method}
			runs, err := Collect(ensemble.Each(context.Background(), bnn.Every(0.5, 1)))
			if err != nil {
				t.Fatal(err)
			}
			hash := sha256.New()
			for _, run := range runs {
				for _, table := range [][][]float64{run.Mean, run.Variance, run.Third, run.Rate} {
					for _, row := range table {
						for _, x := range row {
							binary.Write(hash, binary.LittleEndian, math.Float64bits(x))
						}
					}
				}
			}
			noise := slices.ContainsFunc(network.Populations, func(p bnn.Population) bool { return p.Noise > 0 })
			fmt.Fprintf(&text, "%s, %s, noise %v: %x\n", c.name, network.Name, noise, hash.Sum(nil)[:16])
		}
	}
	if *updateGolden {
		if err := os.WriteFile(goldenFile, []byte(text.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal([]byte(text.String()), want) {
		t.Errorf("the replicas are\n%swant\n%s", &text, want)
	}
}
