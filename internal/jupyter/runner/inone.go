package runner

import (
	"fmt"
	"go/ast"
	"go/token"
	"strconv"
	"strings"
)

// runs tells whether a function of that name is run by GoNB or Go of its own accord.
func runs(name string) bool {
	return name == "main" || name == "init" || strings.HasPrefix(name, "init_")
}

// pure are functions whose values as initial ones of variables are the same whenever they are called, and of which nothing is seen.
var pure = map[string]bool{"sync.OnceValue": true, "sync.OnceValues": true, "context.Background": true, "bnn.Every": true,
	"show.Pick": true, "show.Seed": true, "show.Chapter": true, "fmt.Sprint": true, "len": true, "float64": true, "int": true}

// active tells whether declarations do something by themselves, as initial values may, or change what other code
// does, as methods may.
func active(file *ast.File) (found bool) {
	for _, declaration := range file.Decls {
		if f, is := declaration.(*ast.FuncDecl); is {
			found = found || f.Recv != nil || runs(f.Name.Name)
			continue
		}
		ast.Inspect(declaration, func(node ast.Node) bool {
			switch n := node.(type) {
			case *ast.FuncLit: // is not called yet
				return false
			case *ast.CallExpr:
				found = found || !pure[name(n.Fun)]
			case *ast.UnaryExpr:
				found = found || n.Op == token.ARROW
			}
			return true
		})
	}
	return found
}

// name is that of a function, with its package, without type arguments.
func name(of ast.Expr) string {
	switch f := of.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return name(f.X) + "." + f.Sel.Name
	case *ast.IndexExpr:
		return name(f.X)
	}
	return "?"
}

// mark stands in each stream, and among the displays, between what the cells of one program write.
const mark = "\x1e the next cell\n"

// together is the code of cells that are executed as one, and says which of them have a main function, one after
// the other, with marks in between.
func together(texts []string) (source string, mains []int) {
	var declarations, main strings.Builder
	for i, text := range texts {
		before, body, does := splitMain(text)
		declarations.WriteString(before + "\n")
		if !does {
			continue
		}
		if len(mains) > 0 {
			fmt.Fprintf(&main, "marks1.Print(%[1]s)\nmarks1.Fprint(marks2.Stderr, %[1]s)\nmarks3.DisplayHTML(%[1]s)\nmarks3.Sync()\n", strconv.Quote(mark))
		}
		mains = append(mains, i)
		main.WriteString("func() {\n" + body + "\n}()\n")
	}
	last := len(texts) - 1
	if len(mains) == 0 || len(mains) == 1 && mains[0] == last { // lines are those of the cells then
		return strings.Join(texts, "\n"), []int{last}
	}
	imports := ""
	if len(mains) > 1 {
		imports = "import (\n\tmarks1 \"fmt\"\n\tmarks2 \"os\"\n\tmarks3 \"github.com/janpfeifer/gonb/gonbui\"\n)\n"
	}
	return imports + declarations.String() + "%%\n" + main.String(), mains
}
