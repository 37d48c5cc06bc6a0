package mutation

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver of the store

	"balanced/bnn/simulate"
	"balanced/bnn/store"
)

// copyStore copies the user's store, if there is one, into a folder, as it is at one moment and
// whoever writes to it: mutated runs read what is there and keep what they compute there.
func copyStore(folder string) error {
	kept, err := store.Default()
	if err != nil {
		return err
	}
	if _, err := os.Stat(kept.Path()); err != nil {
		return nil // nothing was simulated yet
	}
	database, err := sql.Open("sqlite", "file:"+filepath.ToSlash(kept.Path())+"?mode=ro&_pragma=busy_timeout(60000)")
	if err != nil {
		return err
	}
	defer database.Close()
	_, err = database.Exec("VACUUM INTO ?", filepath.Join(folder, filepath.Base(kept.Path())))
	return err
}

// elsewhere makes store.Default the store in a folder.
func elsewhere(folder string) Edit {
	return Edit{"bnn/store/store.go", `return At(filepath.Join(cache, "balanced")), nil`, fmt.Sprintf("_ = cache\n\treturn At(%q), nil", folder)}
}

// sameReplicas makes the replicas of a mutation those of the sound code: for one of a file that
// counts as code of the simulators, but changes no replica.
func sameReplicas() (Edit, error) {
	identity, err := simulate.CodeIdentity()
	return Edit{"bnn/simulate/sourcecode.go", `return store.CodeIdentity(bnn.SourceCode, module, replicaCode...)`,
		fmt.Sprintf("_, _ = store.CodeIdentity, module\n\treturn %q, nil", identity)}, err
}
