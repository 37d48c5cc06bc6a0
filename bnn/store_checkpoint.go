package bnn

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"balanced/internal/files"
)

// A checkpoint file is a line of text that says what it is, the state of the replica, and
// the SHA-256 of all that. It stands beside the replicas of its recipe until the replica
// is finished.

const checkpointSuffix = ".checkpoint"

func (sh *shelf) checkpointPath(replica int) string {
	return filepath.Join(sh.folder, fmt.Sprintf("%08d%s", replica, checkpointSuffix))
}

func checkpointHeader(key string, replica, size int) []byte {
	return fmt.Appendf(nil, "balanced checkpoint, format %d, recipe %s, number %d, bytes %d\n", storeFormat, key, replica, size)
}

// checkpoint returns the state in which an unfinished replica was last kept, or nil if
// there is none to trust. A damaged or foreign one is set aside and reported.
func (sh *shelf) checkpoint(replica int) ([]byte, error) {
	path := sh.checkpointPath(replica)
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the store: %w", err)
	}
	state, err := decodeCheckpoint(content, sh.key, replica)
	if err == nil {
		return state, nil
	}
	return nil, sh.setCheckpointAside(replica, err)
}

func decodeCheckpoint(content []byte, key string, replica int) ([]byte, error) {
	line, rest, _ := bytes.Cut(content, []byte("\n"))
	size := len(rest) - sha256.Size
	if size < 0 || !bytes.Equal(content[:len(content)-len(rest)], checkpointHeader(key, replica, size)) {
		return nil, errors.New("it is not the checkpoint of this replica")
	}
	body := content[:len(line)+1+size]
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:], content[len(body):]) {
		return nil, errors.New("its checksum is wrong")
	}
	return rest[:size], nil
}

// keepCheckpoint replaces the checkpoint of a replica.
func (sh *shelf) keepCheckpoint(replica int, state []byte) error {
	content := append(checkpointHeader(sh.key, replica, len(state)), state...)
	sum := sha256.Sum256(content)
	return files.Replace(sh.checkpointPath(replica), append(content, sum[:]...))
}

// dropCheckpoint removes the checkpoint of a finished replica, if it has one.
func (sh *shelf) dropCheckpoint(replica int) error {
	err := os.Remove(sh.checkpointPath(replica))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing the checkpoint of a finished replica: %w", err)
	}
	return nil
}

// setCheckpointAside keeps a checkpoint that is of no use from being found again, and
// reports why.
func (sh *shelf) setCheckpointAside(replica int, reason error) error {
	path := sh.checkpointPath(replica)
	aside := path + damagedSuffix
	if err := os.Rename(path, aside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("setting aside a damaged file of the store: %w", err)
	}
	if sh.store.Report != nil {
		sh.store.Report(fmt.Sprintf("replica %d starts again without its checkpoint: %v; the file is kept as %s", replica, reason, aside))
	}
	return nil
}

// watched gives the watch of a replica what the store has of it, and a place for more.
func (sh *shelf) watched(w *replicaWatch, replica int) error {
	if w == nil {
		return nil
	}
	var err error
	if w.found, err = sh.checkpoint(replica); err != nil {
		return err
	}
	w.keep = func(state []byte) error { return sh.keepCheckpoint(replica, state) }
	w.reject = func(reason error) error { return sh.setCheckpointAside(replica, reason) }
	if sh.store.Report != nil {
		w.report = func(message string) { sh.store.Report(fmt.Sprintf("replica %d %s", replica, message)) }
	}
	return nil
}
