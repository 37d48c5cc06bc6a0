//go:build !js

package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/scanner"
	"go/token"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// CodeIdentity is a hash of the Go code in the given folders of a file system, tests and
// comments left out, as 32 hex digits. Results are kept apart by it: what other code has
// computed is never taken for that of this code, so that a mistake cannot hide behind
// results from before it was made. It does not depend on the path of the module, which
// imports are read without.
func CodeIdentity(files fs.FS, module string, folders ...string) (string, error) {
	hash := sha256.New()
	for _, folder := range folders {
		// In the order of names.
		entries, err := fs.ReadDir(files, folder)
		if err != nil {
			return "", fmt.Errorf("the identity of the code: %w", err)
		}
		for _, entry := range entries {
			name := path.Join(folder, entry.Name())
			if entry.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
				continue
			}
			content, err := fs.ReadFile(files, name)
			if err != nil {
				return "", fmt.Errorf("the identity of the code: %w", err)
			}
			fmt.Fprintln(hash, name)
			eachToken(name, content, module, func(text string) { fmt.Fprintln(hash, text) })
		}
	}
	return hex.EncodeToString(hash.Sum(nil))[:32], nil
}

// eachToken visits the tokens of a file, in the import declarations without the path of
// the module.
func eachToken(name string, content []byte, module string, visit func(string)) {
	var tokens scanner.Scanner
	tokens.Init(token.NewFileSet().AddFile(name, -1, len(content)), content, nil, 0) // 0: comments are skipped
	importing, inParentheses := false, false
	for {
		_, kind, literal := tokens.Scan()
		switch kind {
		case token.EOF:
			return
		case token.IMPORT:
			importing = true
		case token.LPAREN:
			inParentheses = importing
		case token.RPAREN:
			importing, inParentheses = false, false
		case token.SEMICOLON:
			importing = importing && inParentheses
		case token.STRING:
			if imported, err := strconv.Unquote(literal); importing && err == nil {
				literal = strings.TrimPrefix(imported, module+"/")
			}
		}
		visit(kind.String() + " " + literal)
	}
}
