package keep

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/store"
)

// kept is what the store holds.
type kept struct {
	Code  string `json:"code"`  // of the function and of the packages
	Value []byte `json:"value"` // by encode
}

// Value returns what is kept in a store under a name and inputs, or computes and keeps it. The name
// and the inputs, which are written as JSON, say which value it is; another one is computed if the
// code is another. What the function captures has to be among the inputs. Nothing is kept of a
// function that returns an error.
//
// The value must be of numbers, texts, slices, maps, pointers and structs with exported fields, or
// write and read itself (MarshalBinary), and take at most 700 MB. It comes back as it was: floats bit
// for bit, NaN, infinities and the sign of zero included, and nil as nil. What two pointers share
// comes back twice. A value that is damaged in the store is reported there, and computed again.
func Value[T any](ctx context.Context, in *store.Store, name string, inputs any, compute func() (T, error)) (value T, err error) {
	if name == "" {
		return value, &bnn.InputError{Path: "name", Value: `""`, Allowed: "a name for what is kept"}
	}
	form, err := describe(reflect.TypeFor[T]())
	if err != nil {
		return value, &bnn.InputError{Path: "value", Value: err.Error(), Allowed: "what can be kept whole"}
	}
	said, err := say(inputs)
	if err != nil {
		return value, &bnn.InputError{Path: "inputs", Value: err.Error(), Allowed: "what JSON can say whole"}
	}
	code, err := codeOfBoth(compute)
	if err != nil {
		return value, err
	}
	simulators, err := simulate.CodeIdentity()
	if err != nil {
		return value, err
	}
	shelf, err := in.Shelf(ctx, store.Recipe{Kind: "value", Code: simulators, Method: "kept 2", Network: name}, store.About{Name: name, Version: bnn.Version})
	if err != nil {
		return value, err
	}
	defer func() { err = errors.Join(err, shelf.Close()) }()
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s", name, form, said))
	point := store.Point(sum[:len(store.Point{})])
	found, err := shelf.ReadPoints(ctx, []store.Point{point})
	if err != nil {
		return value, err
	}
	var k kept
	if found[0] != nil && json.Unmarshal(found[0], &k) == nil && k.Code == code && decode(k.Value, reflect.ValueOf(&value).Elem()) == nil {
		return value, nil
	}
	var fresh T // what a damaged value may have begun to fill is left behind
	if fresh, err = compute(); err != nil {
		return fresh, err
	}
	text, err := encode(nil, reflect.ValueOf(&fresh).Elem(), 0)
	if err != nil {
		return fresh, fmt.Errorf("keeping %s: %w", name, err)
	}
	record, err := json.Marshal(kept{code, text})
	if err != nil {
		return fresh, err
	}
	return fresh, shelf.WritePoint(point, record)
}

func codeOfBoth(compute any) (string, error) {
	packages, err := codeOfPackages()
	if err != nil {
		return "", err
	}
	function, err := codeOf(compute)
	return packages + " " + function, err
}

// codeOfPackages is the identity of the code below bnn and analysis, read from where it was
// compiled, which takes a tenth of a second.
var codeOfPackages = sync.OnceValues(func() (string, error) {
	_, here, _, _ := runtime.Caller(0)
	root := strings.TrimSuffix(filepath.ToSlash(here), "/internal/project/keep/keep.go")
	tree := os.DirFS(root)
	var folders []string
	for _, top := range []string{"bnn", "analysis"} {
		err := fs.WalkDir(tree, top, func(folder string, entry fs.DirEntry, err error) error {
			if err == nil && entry.IsDir() && entry.Name() != "testdata" {
				folders = append(folders, folder)
			}
			return err
		})
		if err != nil {
			return "", fmt.Errorf("the code that values stand on, which must be where it was compiled: %w", err)
		}
	}
	module := path.Dir(reflect.TypeFor[bnn.Network]().PkgPath())
	return store.CodeIdentity(tree, module, folders...)
})
