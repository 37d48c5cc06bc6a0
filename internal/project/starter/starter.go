package starter

import (
	"path/filepath"
	"strings"
	"unicode"

	"balanced/internal/jupyter/kernel"
	"balanced/internal/jupyter/nbformat"
	"balanced/internal/project"
)

// Notebook makes a notebook for a place, which can be run as it stands.
func Notebook(place Place) (*nbformat.Notebook, error) {
	way, err := filepath.Rel(filepath.Dir(place.Path), place.Root)
	if err != nil {
		return nil, err
	}
	way = filepath.ToSlash(way)
	fill := strings.NewReplacer("TITLE", heading(project.NameOf(place.Path)), "WAY", way, "NETWORK", place.Network)
	n := &nbformat.Notebook{Metadata: map[string]any{}}
	kernel.Describe(n.Metadata)
	for _, c := range starterCells {
		c.Source = fill.Replace(strings.TrimSpace(c.Source))
		n.Cells = append(n.Cells, c)
	}
	return n, nil
}

// Write writes a notebook and what else Find has to; it returns what was written.
func Write(name string) (written []string, err error) {
	place, err := Find(name)
	if err != nil {
		return place.Written, err
	}
	n, err := Notebook(place)
	if err != nil {
		return place.Written, err
	}
	data, err := n.Encode()
	if err != nil {
		return place.Written, err
	}
	return append(place.Written, place.Path), writeNew(place.Path, data)
}

// heading makes a title of a file's name.
func heading(name string) string {
	words := []rune(strings.Trim(strings.NewReplacer("-", " ", "_", " ").Replace(name), " "))
	words[0] = unicode.ToUpper(words[0])
	return string(words)
}

// In the cells TITLE is the title, WAY leads to the folder of go.mod, and NETWORK to the example.
var starterCells = []nbformat.Cell{
	{ID: "title", Kind: nbformat.Markdown, Source: `
# TITLE

**Claim.** The means and variances of the potentials follow the finite-n equations. (Write your own, and what would refute it.)
`},
	{ID: "setup", Kind: nbformat.Code, Source: `
// Setup: use the packages that go.mod names, in its versions
!*rm -f go.work && go work init && go work use . "${GONB_DIR}/WAY"
%noautoget
`},
	{ID: "parameters", Kind: nbformat.Code, Metadata: map[string]any{"tags": []any{"parameters"}}, Source: `
// Parameters, which bnn run -p n=4000 -o other.ipynb sets for a run
const (
	n        = 1000 // neurons in each class
	replicas = 20   // simulated networks
	seed     = 1    // of the random numbers
)
`},
	{ID: "run", Kind: nbformat.Code, Source: `
// Simulate replicas of the network
import (
	"context"
	"fmt"

	"balanced/analysis"
	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/store"
	"balanced/bnn/theory"
	"balanced/notebooks/show"
)

func network() *bnn.Network { return bnn.Must(bnn.ReadNetwork("NETWORK")) }

func times() []float64 { return bnn.Every(0.25, 3) }

// simulated returns the averages over replicas. Cells share declarations, not variables,
// so each calls it again; finished replicas are kept in the store.
func simulated() *simulate.Summary {
	ensemble := simulate.Ensemble{Network: network(), N: n, Replicas: replicas, Seed: seed, Store: bnn.Must(store.Default())}
	return bnn.Must(ensemble.Run(context.Background(), times()))
}

func limit() *bnn.Trajectory { return bnn.Must(theory.Limit(context.Background(), network(), times())) }

// finite is kept in the store, too: computed again when its inputs or its code are others.
func finite() *bnn.Trajectory {
	return show.Keep("finite", []any{network(), n, times()}, func() (*bnn.Trajectory, error) {
		return theory.FiniteSize(context.Background(), network(), n, times())
	})
}

%%
runs := simulated()
fmt.Printf("%d replicas of %d neurons in each of %d classes\n", replicas, n, len(runs.Populations))
`},
	{ID: "figure", Kind: nbformat.Code, Source: `
// Means and variances: simulation (points), limit (solid) and finite-n equations (dashed)
%%
show.Figure(bnn.Must(figure.Moments(simulated(), limit(), finite())))
`},
	{ID: "table", Kind: nbformat.Code, Source: `
// The same at the last time, as a table
%%
show.Frame(analysis.MomentsAt(3, simulated(), limit(), finite()))
`},
}
