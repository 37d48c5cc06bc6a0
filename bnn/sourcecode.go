package bnn

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"go/scanner"
	"go/token"
	"io/fs"
	"strings"
	"sync"
)

//go:embed *.go internal/linear/*.go internal/ode/*.go
var sourceCode embed.FS

// codeIdentity is a hash of the code of this package, its tests and comments left out.
// The store keeps replicas apart by it: a replica that other code has computed is never
// taken for one of this code, so that a mistake cannot hide behind results from before
// it was made.
var codeIdentity = sync.OnceValues(func() (string, error) { return hashCode(sourceCode) })

// hashCode hashes the tokens of all Go files that are no tests, in the order of their
// names.
func hashCode(files fs.FS) (string, error) {
	hash := sha256.New()
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, "_test.go") {
			return err
		}
		content, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		fmt.Fprintln(hash, path)
		set := token.NewFileSet()
		var tokens scanner.Scanner
		tokens.Init(set.AddFile(path, -1, len(content)), content, nil, 0) // 0: comments are skipped
		for {
			_, kind, literal := tokens.Scan()
			if kind == token.EOF {
				return nil
			}
			fmt.Fprintln(hash, kind, literal)
		}
	})
	if err != nil {
		return "", fmt.Errorf("the code of the package: %w", err)
	}
	return hex.EncodeToString(hash.Sum(nil))[:32], nil
}
