package bench

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Options are what a run of the benchmarks may be told.
type Options struct {
	Module   string       // root folder of the project
	Version  string       // of bnn, for the tables
	Only     string       // name of the only benchmark to run; "" for all of Names
	Quick    bool         // small sizes: a trial of the machinery, whose numbers mean little
	Progress func(string) // is told what is being measured
}

// A benchmark makes tables.
type benchmark struct {
	name string
	run  func(context.Context, *laboratory) ([]Table, error)
}

var benchmarks = []benchmark{
	{"exact", exactBenchmark},
	{"variants", variantsBenchmark},
	{"sparse", sparseBenchmark},
	{"leap", leapBenchmark},
	{"growth", growthBenchmark},
	{"crossing", crossingBenchmark},
}

// Names lists the benchmarks.
func Names() []string {
	var names []string
	for _, b := range benchmarks {
		names = append(names, b.name)
	}
	return names
}

// CheckName returns an error if there is no benchmark of that name.
func CheckName(name string) error {
	if name != "" && !slices.Contains(Names(), name) {
		return fmt.Errorf("no benchmark is called %q: must be one of %s", name, strings.Join(Names(), ", "))
	}
	return nil
}

// Run makes the benchmarks and hands each table to take as soon as it is ready. An error
// of a peer that is installed ends the run, and so does the end of the context.
func Run(ctx context.Context, options Options, take func(Table) error) error {
	if err := CheckName(options.Only); err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "bnn-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	l := &laboratory{Options: options, folder: folder, sizes: fullSizes}
	if options.Quick {
		l.sizes = quickSizes
	}
	if l.machine, err = describeMachine(); err != nil {
		return err
	}
	for _, b := range benchmarks {
		if options.Only != "" && options.Only != b.name {
			continue
		}
		tables, err := b.run(ctx, l)
		if err != nil {
			return fmt.Errorf("benchmark %s: %w", b.name, err)
		}
		for _, table := range tables {
			if err := take(table.with("machine", l.machine)); err != nil {
				return err
			}
		}
	}
	return nil
}

// A laboratory is what the benchmarks of one run share.
type laboratory struct {
	Options
	sizes
	folder  string // for peers and networks, removed at the end
	machine string
}

func (l *laboratory) say(format string, values ...any) {
	if l.Progress != nil {
		l.Progress(fmt.Sprintf(format, values...))
	}
}

// networkFile is one of the project's example networks.
func (l *laboratory) networkFile(name string) string {
	return filepath.Join(l.Module, "data", "networks", name+".json")
}
