package runner

import (
	"fmt"
	"strconv"
	"strings"
)

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
