//go:build unix

package simulate

import (
	"context"
	"fmt"
	"syscall"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/internal/random"
)

// The leap of a dense network, by size and workers, in ns a neuron-step. At n = 1000
// counts come from Poisson tables, at n = 10⁵ from skewed normals.
func BenchmarkLeap(b *testing.B) {
	network := networktest.ReadNetwork(b, "dense")
	for _, n := range []int{1_000, 100_000} {
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("n=%d/workers=%d", n, workers), func(b *testing.B) {
				const step = 0.02
				plan, err := newPlan(context.Background(), network, n, []float64{2e5 / float64(n)})
				if err != nil {
					b.Fatal(err)
				}
				grid, err := plan.leapGrid(step)
				if err != nil {
					b.Fatal(err)
				}
				before := userSeconds(b)
				for b.Loop() {
					if err := plan.simulateLeap(context.Background(), random.New(1, "", n, 0), grid, workers, nil); err != nil {
						b.Fatal(err)
					}
				}
				steps := float64(2*n) * float64(len(grid))
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/steps, "ns/neuron-step")
				b.ReportMetric(1e9*(userSeconds(b)-before)/float64(b.N)/steps, "user-ns/neuron-step")
			})
		}
	}
}

// Many classes of 100 neurons beside two, in ns a neuron-step on one core.
func BenchmarkLeapClasses(b *testing.B) {
	for _, size := range []struct{ classes, n int }{{2, 1600}, {32, 1600}, {2, 3200}, {64, 3200}} {
		for _, threshold := range []float64{0, 0.8} {
			for _, ring := range []bool{true, false} {
				b.Run(fmt.Sprintf("classes=%d/n=%d/threshold=%g/ring=%v", size.classes, size.n, threshold, ring), func(b *testing.B) {
					plan, err := newPlan(context.Background(), manyClasses(size.classes, ring, threshold), size.n, []float64{2})
					if err != nil {
						b.Fatal(err)
					}
					grid := bnn.Must(plan.leapGrid(0.02))
					before := userSeconds(b)
					for b.Loop() {
						if err := plan.simulateLeap(context.Background(), random.New(1, "", size.n, 0), grid, 1, nil); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric(1e9*(userSeconds(b)-before)/float64(b.N)/float64(2*size.n*len(grid)), "user-ns/neuron-step")
				})
			}
		}
	}
}

// userSeconds is the processor time of the process, which other work on the machine
// disturbs less than time on the wall.
func userSeconds(b *testing.B) float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return float64(usage.Utime.Sec) + float64(usage.Utime.Usec)/1e6
}
