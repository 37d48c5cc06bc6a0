package runner

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"

	"balanced/internal/jupyter/nbformat"
)

// batches lists the code cells that are not blank, in order, in batches of which each is executed as one
// program: a cell that does something, with the cells right before it that only declare. GoNB would build
// and run a program for each of those, too, which does nothing, and takes most of a second.
//
// Cells stay apart where together they might be another notebook: where one mentions a name that a later one
// declares and it does not, which Go would find and GoNB not yet, or which replaces another; where one may
// fail; and where a cell is not plain Go, but for a line %% that begins its main function.
//
// inOne, a batch goes on after a cell with such a line: their main functions run one after the other. It does not with a
// cell whose declarations would do something before the first of them, or to it.
func batches(cells []nbformat.Cell, inOne bool) (all [][]int) {
	var batch []int
	mentioned, known := map[string]bool{}, map[string]bool{} // names in the batch, and those declared so far
	acts := false                                            // the batch has a main function
	end := func() {
		if len(batch) > 0 {
			all = append(all, batch)
		}
		batch, acts = nil, false
		clear(mentioned)
	}
	for i := range cells {
		cell := &cells[i]
		if cell.Kind != nbformat.Code || strings.TrimSpace(cell.Source) == "" { // Jupyter does not run these either
			continue
		}
		declarations, main, does := splitMain(cell.Text())
		file, err := parsed(declarations)
		body, wrong := parsed("func _() {\n" + main + "\n}")
		if err != nil || cell.HasTag(mayFail) {
			end()
			all = append(all, []int{i})
			continue
		}
		names := declared(file)
		again := slices.ContainsFunc(names, func(name string) bool { return known[name] })
		if len(batch) > 0 && (len(file.Imports) > 0 || slices.ContainsFunc(names, func(name string) bool { return mentioned[name] })) || acts && (again || active(file)) {
			end()
		}
		for _, name := range names {
			known[name], mentioned[name] = true, true
		}
		batch = append(batch, i)
		acts = acts || does
		if does && (!inOne || wrong != nil) || slices.ContainsFunc(names, runs) {
			end()
			continue
		}
		for _, part := range []*ast.File{file, body} {
			for _, identifier := range part.Unresolved { // others are parameters and the like
				mentioned[identifier.Name] = true
			}
			ast.Inspect(part, func(node ast.Node) bool {
				switch n := node.(type) {
				case *ast.SelectorExpr:
					mentioned[n.Sel.Name] = true // a method, perhaps
				case *ast.KeyValueExpr: // a field or a name, of which the parser knows nothing
					if key, is := n.Key.(*ast.Ident); is {
						mentioned[key.Name] = true
					}
				}
				return true
			})
		}
	}
	end()
	return all
}

// parsed is the syntax of declarations.
func parsed(declarations string) (*ast.File, error) {
	return parser.ParseFile(token.NewFileSet(), "", "package cell\n"+declarations, 0)
}

// splitMain cuts a cell at the line %%, after which stands what its main function does. Other magics and
// shell lines are no Go and left in the first part, wherever they stand, so that this cannot be parsed.
func splitMain(text string) (declarations, main string, does bool) {
	var before, after, special strings.Builder
	for line := range strings.Lines(text) {
		switch {
		case strings.TrimRight(line, " \t\r\n") == "%%" && !does:
			does = true
		case strings.HasPrefix(line, "%") || strings.HasPrefix(line, "!") || strings.HasPrefix(line, "//gonb:"):
			special.WriteString("!" + line) // also before a magic that is a comment of Go
		case !does:
			before.WriteString(line)
		default:
			after.WriteString(line)
		}
	}
	return before.String() + special.String(), after.String(), does
}

// bare is a cell without its comments if there is nothing else in it but magics and shell lines, for which GoNB builds a
// program that does nothing.
func bare(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		switch {
		case strings.HasSuffix(line, "\\") || strings.HasPrefix(line, "%%") || strings.HasPrefix(line, "//gonb:"): // may make the next lines another thing
			return text
		case strings.HasPrefix(line, "//"):
			lines[i] = ""
		case strings.TrimSpace(line) != "" && line[0] != '%' && line[0] != '!':
			return text
		}
	}
	return strings.Join(lines, "\n")
}

// declared lists the names that a file declares, those of methods among them.
func declared(file *ast.File) (names []string) {
	for _, declaration := range file.Decls {
		switch d := declaration.(type) {
		case *ast.FuncDecl:
			names = append(names, d.Name.Name)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					names = append(names, s.Name.Name)
				case *ast.ValueSpec:
					for _, name := range s.Names {
						names = append(names, name.Name)
					}
				}
			}
		}
	}
	return names
}
