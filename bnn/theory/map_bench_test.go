package theory

import (
	"context"
	"errors"
	"testing"

	"balanced/bnn"
)

// mapNetworks are those of a phase diagram of 60 × 60 points.
func mapNetworks(t testing.TB) []*bnn.Network {
	const points = 60
	var networks []*bnn.Network
	for i := range points {
		for j := range points {
			networks = append(networks, onTheMap(t, float64(i)/(points-1), float64(j)/(points-1)))
		}
	}
	return networks
}

// What a point of a phase diagram costs, on the average over all fates.
func BenchmarkMap(b *testing.B) {
	networks := mapNetworks(b)
	measure := func(name string, point func(network *bnn.Network) error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if err := point(networks[i*1847%len(networks)]); err != nil { // 1847 has no factor in common with 3600
					b.Fatal(err)
				}
				i++
			}
		})
	}
	measure("limit", func(network *bnn.Network) error {
		_, err := Limit(context.Background(), network, []float64{3})
		var refused *NotBalancedError
		var lost *BalanceLostError
		if errors.As(err, &refused) || errors.As(err, &lost) {
			return nil
		}
		return err
	})
	measure("regime", func(network *bnn.Network) error {
		_, err := FindRegime(context.Background(), network, 3)
		return err
	})
	measure("stationary", func(network *bnn.Network) error {
		_, err := StationaryStates(context.Background(), network)
		return err
	})
}
