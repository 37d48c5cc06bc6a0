package mutation

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/imports"

	"balanced/internal/jupyter/nbformat"
)

// program makes a Go program of a notebook: the declarations of all cells, of two of one name the
// later one, and as its function main the body of the last cell that has one. What earlier cells
// show is left out, and so are the lines that speak to the kernel. It is empty for a notebook
// without any body.
func program(n *nbformat.Notebook) (string, error) {
	var all declarations
	body := ""
	for i := range n.Cells {
		if n.Cells[i].Kind != nbformat.Code {
			continue
		}
		declared, own := split(n.Cells[i].Text())
		if err := all.add(declared); err != nil {
			return "", fmt.Errorf("cell %d: %w", i+1, err)
		}
		if own != "" {
			body = own
		}
	}
	if body == "" {
		return "", nil
	}
	text := "package main\n\n" + strings.Join(all.imports, "\n") + "\n"
	for _, d := range all.list {
		text += "\n" + d.text + "\n"
	}
	formatted, err := imports.Process("main.go", []byte(text+"\nfunc main() {\n"+body+"\n}\n"), nil)
	return string(formatted), err
}

// split takes a cell apart: what it declares, and the body that follows a line %%.
func split(cell string) (declared, body string) {
	inBody := false
	for line := range strings.Lines(cell) {
		switch {
		case strings.TrimSpace(line) == "%%" || strings.TrimSpace(line) == "%main":
			inBody = true
		case strings.HasPrefix(line, "%") || strings.HasPrefix(line, "!"):
		case inBody:
			body += line
		default:
			declared += line
		}
	}
	return declared, body
}

// declarations are those of all cells so far, in their order.
type declarations struct {
	imports []string
	list    []declaration
}

type declaration struct {
	names []string // of all that it declares, those of methods with their receivers
	text  string
}

// add parses the declarations of a cell, which take the place of earlier ones of their names.
func (d *declarations) add(cell string) error {
	const header = "package main\n"
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", header+cell, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	text := func(node ast.Node) string {
		return (header + cell)[set.Position(node.Pos()).Offset:set.Position(node.End()).Offset]
	}
	for _, node := range file.Decls {
		if general, is := node.(*ast.GenDecl); is && general.Tok == token.IMPORT {
			for _, spec := range general.Specs {
				if line := "import " + text(spec); !slices.Contains(d.imports, line) {
					d.imports = append(d.imports, line)
				}
			}
			continue
		}
		names := namesOf(node, text)
		d.list = slices.DeleteFunc(d.list, func(old declaration) bool {
			return slices.ContainsFunc(old.names, func(name string) bool { return slices.Contains(names, name) })
		})
		d.list = append(d.list, declaration{names, text(node)})
	}
	return nil
}

func namesOf(node ast.Decl, text func(ast.Node) string) (names []string) {
	switch node := node.(type) {
	case *ast.FuncDecl:
		name := node.Name.Name
		if node.Recv != nil {
			name = strings.TrimLeft(text(node.Recv.List[0].Type), "*") + "." + name
		}
		return []string{name}
	case *ast.GenDecl:
		for _, spec := range node.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, spec.Name.Name)
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					if name.Name != "_" {
						names = append(names, name.Name)
					}
				}
			}
		}
	}
	return names
}
