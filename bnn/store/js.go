//go:build js

package store

import (
	"context"
	"errors"
)

// A Store does not exist in a browser, which has no files: the database would make the
// explorer twice as large. All methods say so.
type Store struct {
	Report func(message string)
}

// A Shelf is what no Store gives there.
type Shelf struct{}

// A Point names a point of a sweep.
type Point [16]byte

var errBrowser = errors.New("there is no store in a browser: run without one")

// Default is no store, in a browser.
func Default() (*Store, error) { return nil, errBrowser }

func (*Store) Shelf(context.Context, Recipe, About) (*Shelf, error)       { return nil, errBrowser }
func (*Shelf) Writable() error                                            { return errBrowser }
func (*Shelf) ReadNumbers(context.Context, int, int) ([][]float64, error) { return nil, errBrowser }
func (*Shelf) Reject(context.Context, int, error) error                   { return errBrowser }
func (*Shelf) WriteNumbers(int, []float64) error                          { return errBrowser }
func (*Shelf) Checkpoint(context.Context, int) ([]byte, error)            { return nil, errBrowser }
func (*Shelf) KeepCheckpoint(context.Context, int, []byte) error          { return errBrowser }
func (*Shelf) DropCheckpoint(context.Context, int) error                  { return errBrowser }
func (*Shelf) WritePoint(Point, []byte) error                             { return errBrowser }
func (*Shelf) ReadPoints(context.Context, []Point) ([][]byte, error)      { return nil, errBrowser }
func (*Store) Shard(string) (*Store, error)                               { return nil, errBrowser }
func (*Store) Gather(context.Context) (int, error)                        { return 0, errBrowser }
func (*Store) Look(context.Context, Recipe) (*Shelf, error)               { return nil, errBrowser }
func (*Shelf) Close() error                                               { return errBrowser }
func (*Store) Path() string                                               { return "" }
