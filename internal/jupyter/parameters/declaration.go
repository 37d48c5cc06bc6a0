package parameters

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// A parameter is a name that a cell declares with a literal as its value.
type parameter struct {
	name, kind string // kind is a key of kinds
	start, end int    // the literal is source[start:end]
}

// packageLine makes a file of a cell's declarations.
const packageLine = "package p\n"

// find returns the parameters that a cell declares, in the order of their literals.
func find(source string) ([]parameter, error) {
	for line := range strings.Lines(source) {
		if strings.HasPrefix(line, "%") || strings.HasPrefix(line, "!") {
			return nil, fmt.Errorf("has the line %q: must have declarations only, which later cells know", strings.TrimSpace(line))
		}
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "", packageLine+source, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("is not Go: %w", inCell(err))
	}
	offset := func(p token.Pos) int { return files.PositionFor(p, false).Offset - len(packageLine) }
	var found []parameter
	for _, declaration := range file.Decls {
		group, ok := declaration.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range group.Specs {
			values, ok := spec.(*ast.ValueSpec)
			if !ok || len(values.Values) != len(values.Names) {
				continue
			}
			for i, name := range values.Names {
				value := values.Values[i]
				if kind := declaredKind(values.Type, value); kind != "" && name.Name != "_" {
					found = append(found, parameter{name.Name, kind, offset(value.Pos()), offset(value.End())})
				}
			}
		}
	}
	return found, nil
}

// inCell makes the lines of a parser's error those of the cell.
func inCell(err error) error {
	message := err.Error()
	var line, column int
	if n, _ := fmt.Sscanf(message, "%d:%d:", &line, &column); n == 2 {
		_, message, _ = strings.Cut(message, ": ")
		return fmt.Errorf("line %d: %s", line-1, message)
	}
	return errors.New(message)
}

// declaredKind returns the kind of a literal that is declared with a type or, where that is
// nil, without one. It is "" if this is no parameter.
func declaredKind(declared, value ast.Expr) string {
	literal := literalKind(value)
	if declared == nil || literal == "" {
		return literal
	}
	name, ok := declared.(*ast.Ident)
	if !ok || kinds[name.Name].parse == nil {
		return ""
	}
	return name.Name
}

// literalKind returns the kind that Go gives to a literal, signed or not, or "".
func literalKind(value ast.Expr) string {
	if signed, ok := value.(*ast.UnaryExpr); ok && (signed.Op == token.SUB || signed.Op == token.ADD) {
		if kind := literalKind(signed.X); kind == "int" || kind == "float64" {
			return kind
		}
		return ""
	}
	switch value := value.(type) {
	case *ast.Ident:
		if value.Name == "true" || value.Name == "false" {
			return "bool"
		}
	case *ast.BasicLit:
		return map[token.Token]string{token.INT: "int", token.FLOAT: "float64", token.STRING: "string"}[value.Kind]
	}
	return ""
}
