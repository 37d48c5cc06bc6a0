package keep

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"balanced/bnn"
)

// codeOf is a hash of the code of a function, comments left out: its own, and that of all that it
// mentions of what its package declares, and so on. The package is read from where it was compiled:
// for a cell of a notebook that is the program that GoNB made of it, declarations of earlier cells
// included.
func codeOf(function any) (string, error) {
	f := runtime.FuncForPC(reflect.ValueOf(function).Pointer())
	switch {
	case f == nil:
		return "", &bnn.InputError{Path: "compute", Value: "nil", Allowed: "a function"}
	case strings.HasSuffix(f.Name(), "[...]"): // by its code alone of any type
		return "", &bnn.InputError{Path: "compute", Value: f.Name(), Allowed: "a function without type parameters, such as a literal that calls this one"}
	}
	file, line := f.FileLine(f.Entry())
	code, err := codeAt(file, line)
	if err != nil {
		return "", fmt.Errorf("the code of %s: %w", f.Name(), err)
	}
	return code, nil
}

// codeAt is codeOf for the function that begins in a line of a file.
func codeAt(file string, line int) (string, error) {
	d := declarations{set: token.NewFileSet(), text: map[string][]byte{}, nodes: map[string][]ast.Node{}, used: map[string]bool{}}
	paths, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*.go"))
	if err != nil {
		return "", err
	}
	var found []ast.Node
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(d.set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return "", err
		}
		d.add(parsed)
		if path == file {
			found = functionsAt(d.set, parsed, line)
		}
	}
	if len(found) == 0 {
		return "", fmt.Errorf("must be where it was compiled, in line %d of %s", line, file)
	}
	sum := sha256.New()
	for _, node := range found {
		text, err := d.tokens(node)
		if err != nil {
			return "", err
		}
		sum.Write(text)
		d.use(node)
	}
	for _, name := range slices.Sorted(maps.Keys(d.used)) {
		for _, node := range d.nodes[name] {
			text, err := d.tokens(node)
			if err != nil {
				return "", err
			}
			fmt.Fprintln(sum, name)
			sum.Write(text)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// functionsAt are the functions of a file that begin in a line, as a rule one; or else the innermost
// one around it, since the entry of a function that calls no other is in its first statement.
func functionsAt(set *token.FileSet, file *ast.File, line int) (found []ast.Node) {
	var around ast.Node
	ast.Inspect(file, func(node ast.Node) bool {
		switch node.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			from, to := set.Position(node.Pos()).Line, set.Position(node.End()).Line
			if from == line {
				found = append(found, node)
				return false
			}
			if from < line && line <= to {
				around = node // those further inside come later
			}
		}
		return true
	})
	if len(found) == 0 && around != nil {
		found = append(found, around)
	}
	return found
}

// declarations are what a package declares, by name: methods by that of their type.
type declarations struct {
	set   *token.FileSet
	text  map[string][]byte // of files
	nodes map[string][]ast.Node
	used  map[string]bool
}

func (d *declarations) add(file *ast.File) {
	for _, declared := range file.Decls {
		switch declared := declared.(type) {
		case *ast.FuncDecl:
			name := declared.Name.Name
			if declared.Recv != nil && len(declared.Recv.List) == 1 {
				name = nameOf(declared.Recv.List[0].Type)
			}
			d.nodes[name] = append(d.nodes[name], declared)
		case *ast.GenDecl:
			for _, spec := range declared.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					d.nodes[spec.Name.Name] = append(d.nodes[spec.Name.Name], spec)
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						// A constant may take its value from the one above.
						d.nodes[name.Name] = append(d.nodes[name.Name], declared)
					}
				}
			}
		}
	}
}

// nameOf is the name of the type of a receiver.
func nameOf(receiver ast.Expr) string {
	switch receiver := receiver.(type) {
	case *ast.StarExpr:
		return nameOf(receiver.X)
	case *ast.IndexExpr:
		return nameOf(receiver.X)
	case *ast.IndexListExpr:
		return nameOf(receiver.X)
	case *ast.Ident:
		return receiver.Name
	}
	return ""
}

// use notes all names of the package that a node mentions, and what those mention. That a local
// name may hide one of the package makes the hash depend on more than it has to.
func (d *declarations) use(node ast.Node) {
	ast.Inspect(node, func(node ast.Node) bool {
		identifier, is := node.(*ast.Ident)
		if is && !d.used[identifier.Name] && d.nodes[identifier.Name] != nil {
			d.used[identifier.Name] = true
			for _, declared := range d.nodes[identifier.Name] {
				d.use(declared)
			}
		}
		return true
	})
}

// tokens is the code of a node, a token a line.
func (d *declarations) tokens(node ast.Node) ([]byte, error) {
	from, to := d.set.Position(node.Pos()), d.set.Position(node.End())
	text := d.text[from.Filename]
	if text == nil {
		var err error
		if text, err = os.ReadFile(from.Filename); err != nil {
			return nil, err
		}
		d.text[from.Filename] = text
	}
	text = text[from.Offset:to.Offset]
	var list bytes.Buffer
	var tokens scanner.Scanner
	tokens.Init(token.NewFileSet().AddFile("", -1, len(text)), text, nil, 0) // 0: comments are skipped
	for {
		_, kind, literal := tokens.Scan()
		if kind == token.EOF {
			return list.Bytes(), nil
		}
		fmt.Fprintln(&list, kind, literal)
	}
}
