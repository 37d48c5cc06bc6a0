package bnn

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"balanced/internal/files"
)

// A Store keeps finished replicas on disk: it is the cache of an Ensemble that asks
// again, the checkpoint of one that was killed, and the meeting point of several
// processes that fill it together.
//
// Each replica is one file, in a folder named by a hash of all that determines its
// bytes: the fingerprint of the network, n, the seed, the times, the method, what is
// kept (moments, states or spike trains), and the code of this package itself: results
// of other code are never taken for those of this one. Files appear whole or not at
// all, and carry a checksum; one that is damaged, cut short or of another origin is set
// aside, reported and computed again.
type Store struct {
	// Directory is created when first needed.
	Directory string
	// Report, if not nil, is told about each file that is set aside. It may be called
	// by several goroutines at once.
	Report func(message string)
}

// DefaultStore is the store in the user's cache directory, or an error if the system
// does not tell where that is.
func DefaultStore() (*Store, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, fmt.Errorf("finding a place for the store: %w", err)
	}
	return &Store{Directory: filepath.Join(cache, "balanced", "store")}, nil
}

// storeFormat is the version of folders and files; files of another are not read.
const storeFormat = 1

// How the files of the store are named.
const (
	recipeFile    = "recipe.json"
	replicaSuffix = ".replica"
	damagedSuffix = ".damaged"
)

// A recipe is what determines the replicas of an ensemble, kept beside them.
type recipe struct {
	Format  int       `json:"format"`
	Code    string    `json:"code"` // of the package, see codeIdentity
	Method  string    `json:"method"`
	Network string    `json:"network"` // its fingerprint
	N       int       `json:"n"`
	Seed    uint64    `json:"seed"`
	Times   []float64 `json:"times"`
	Keeps   string    `json:"keeps,omitempty"` // what is kept of a replica; "" for its moments
}

func (r recipe) key() (string, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16]), nil
}

// A shelf is the folder of one recipe.
type shelf struct {
	store  *Store
	folder string
	key    string
}

// open makes the folder of a recipe, with the recipe, the network and the version that
// made it, for people who look there.
func (s *Store) open(r recipe, network *Network) (*shelf, error) {
	key, err := r.key()
	if err != nil {
		return nil, err
	}
	sh := &shelf{store: s, folder: filepath.Join(s.Directory, key), key: key}
	if err := os.MkdirAll(sh.folder, 0o777); err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	about := filepath.Join(sh.folder, recipeFile)
	if _, err := os.Stat(about); !errors.Is(err, fs.ErrNotExist) {
		return sh, err
	}
	text, err := json.MarshalIndent(struct {
		recipe
		Version string   `json:"version"`
		About   *Network `json:"about"`
	}{r, Version, network}, "", "  ")
	if err != nil {
		return nil, err
	}
	return sh, files.Replace(about, append(text, '\n'))
}

func (sh *shelf) path(replica int) string {
	return filepath.Join(sh.folder, replicaName(replica))
}

// read returns what is kept of a replica, or nil if the store has nothing to trust.
func (sh *shelf) read(replica int, check func([]float64) error) ([]float64, error) {
	content, err := os.ReadFile(sh.path(replica))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the store: %w", err)
	}
	values, err := decodeReplica(content, sh.key, replica)
	if err == nil {
		err = check(values)
	}
	if err == nil {
		return values, nil
	}
	aside := sh.path(replica) + damagedSuffix
	if renamed := os.Rename(sh.path(replica), aside); renamed != nil && !errors.Is(renamed, fs.ErrNotExist) {
		return nil, fmt.Errorf("setting aside a damaged file of the store: %w", renamed)
	}
	if sh.store.Report != nil {
		sh.store.Report(fmt.Sprintf("replica %d is computed again: %v; the file is kept as %s", replica, err, aside))
	}
	return nil, nil
}

func (sh *shelf) write(replica int, values []float64) error {
	if err := files.Replace(sh.path(replica), encodeReplica(sh.key, replica, values)); err != nil {
		return fmt.Errorf("storing replica %d: %w; the replicas finished before are kept in %s", replica, err, sh.folder)
	}
	return nil
}
