package sweep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"balanced/bnn"
	"balanced/bnn/store"
)

// lookBlock is how many points are looked up at once.
const lookBlock = 256

// kept is what the store has of a sweep, for each measure: a shelf to write and, of a shard,
// one of the store beside it to read; nil where there is none.
type kept struct {
	sweep     *Sweep
	columns   [][]Column
	own       *store.Store
	write     []*store.Shelf
	otherwise []*store.Shelf
}

// open opens the shelves, after gathering what shards have found, unless this is one or they were
// just gathered.
func (s *Sweep) open(ctx context.Context, gathered bool) (k *kept, err error) {
	k = s.nothing()
	if s.Store == nil {
		return k, nil
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, k.close())
		}
	}()
	k.own = s.Store
	switch {
	case s.Shard != whole:
		k.own, err = s.Store.Shard(s.shardName())
	case !gathered:
		_, err = s.Store.Gather(ctx)
	}
	if err != nil {
		return k, err
	}
	network, err := s.Network.Describe()
	if err != nil {
		return k, err
	}
	for i, m := range s.Measures {
		recipe, err := s.recipe(m)
		if err != nil {
			return k, err
		}
		if k.write[i], err = k.own.Shelf(ctx, recipe, store.About{Name: s.Network.Name, Network: network, Version: bnn.Version}); err != nil {
			return k, err
		}
		if s.Shard != whole {
			if k.otherwise[i], err = s.Store.Look(ctx, recipe); err != nil {
				return k, err
			}
		}
	}
	return k, nil
}

// looked opens what there is for reading alone, and makes no file.
func (s *Sweep) looked(ctx context.Context) (k *kept, err error) {
	k = s.nothing()
	for i, m := range s.Measures {
		if s.Store == nil {
			break
		}
		recipe, err := s.recipe(m)
		if err == nil {
			k.otherwise[i], err = s.Store.Look(ctx, recipe)
		}
		if err != nil {
			return k, errors.Join(err, k.close())
		}
	}
	return k, nil
}

func (s *Sweep) nothing() *kept {
	count := len(s.Measures)
	return &kept{sweep: s, columns: named(s.Measures, s.Network.PopulationNames()), write: make([]*store.Shelf, count), otherwise: make([]*store.Shelf, count)}
}

// recipe is all that determines what a measure finds, besides the point.
func (s *Sweep) recipe(m Measure) (store.Recipe, error) {
	recipe, err := m.recipe(s.Seed)
	recipe.Kind, recipe.Network, recipe.Keeps = "point", s.Network.Name, keeps(m, s.Network.PopulationNames())
	return recipe, err
}

// Key names what a sweep asks for: the same for the same sweep, and no other, whatever its name,
// its store and its shard are.
func (s *Sweep) Key() string {
	var text []byte
	for _, m := range s.Measures {
		// An error is told when the shelf is opened.
		recipe, _ := s.recipe(m)
		text = fmt.Appendf(text, "%+v\n", recipe)
	}
	text = fmt.Appendf(text, "%s %+v %d %d", s.Network.Fingerprint(), s.Axes, s.Points, s.Seed)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// shardName names the file of a shard.
func (s *Sweep) shardName() string {
	return fmt.Sprintf("%s-%d-of-%d", s.Key(), s.Shard.Number, s.Shard.Of)
}

// key names what a measure finds at the point, for all sweeps that come through it.
func (f *finding) key(m Measure) store.Point {
	if f.fingerprint == "" {
		f.fingerprint = f.point.Network.Fingerprint()
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "balanced point network=%s n=%d", f.fingerprint, m.size(f.point)))
	return store.Point(sum[:len(store.Point{})])
}

// look adds to points what the store has of them, many at a time.
func (k *kept) look(ctx context.Context, points iter.Seq2[Point, error]) iter.Seq2[finding, error] {
	return func(yield func(finding, error) bool) {
		var block []finding
		flush := func() bool {
			err := k.read(ctx, block)
			for _, found := range block {
				if !yield(found, err) || err != nil {
					return false
				}
			}
			block = nil
			return true
		}
		size := 1 // the first point waits for no others
		for point, err := range points {
			if err != nil {
				if flush() {
					yield(finding{}, err)
				}
				return
			}
			block = append(block, finding{point: point, axes: k.sweep.Axes, cells: make([][]any, len(k.sweep.Measures))})
			if len(block) == size && !flush() {
				return
			} else if block == nil {
				size = lookBlock
			}
		}
		flush()
	}
}

// read looks a block of points up.
func (k *kept) read(ctx context.Context, block []finding) error {
	for i, m := range k.sweep.Measures {
		for _, shelf := range []*store.Shelf{k.write[i], k.otherwise[i]} {
			if shelf == nil {
				continue
			}
			keys := make([]store.Point, len(block))
			for j := range block {
				keys[j] = block[j].key(m)
			}
			values, err := shelf.ReadPoints(ctx, keys)
			if err != nil {
				return err
			}
			for j, value := range values {
				if value != nil && block[j].cells[i] == nil {
					block[j].cells[i] = decodeCells(value, k.columns[i])
				}
			}
		}
	}
	return nil
}

// keep writes what a measure found at a point.
func (k *kept) keep(measure int, found *finding, cells []any) error {
	if k.write[measure] == nil {
		return nil
	}
	text, err := json.Marshal(cells)
	if err != nil {
		return err
	}
	return k.write[measure].WritePoint(found.key(k.sweep.Measures[measure]), text)
}

// writable tells why nothing can be kept, if so.
func (k *kept) writable() error {
	if k.own == nil {
		return nil
	}
	return k.write[0].Writable()
}

// close ends the use of the shelves.
func (k *kept) close() (err error) {
	for _, shelf := range append(k.write, k.otherwise...) {
		if shelf != nil {
			err = errors.Join(err, shelf.Close())
		}
	}
	return err
}

// decodeCells is the inverse of json.Marshal for cells of the columns; nil for what they are
// not.
func decodeCells(text []byte, columns []Column) []any {
	var cells []any
	if json.Unmarshal(text, &cells) != nil || len(cells) != len(columns) {
		return nil
	}
	for i, cell := range cells {
		switch number, is := cell.(float64); {
		case cell == nil:
		case is && columns[i].Kind == Integer:
			cells[i] = int64(number)
		case is != (columns[i].Kind == Number):
			return nil
		}
	}
	return cells
}
