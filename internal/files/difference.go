package files

import (
	"fmt"
	"strings"
)

// Difference shows the first line in which a text differs from the one that stands in a
// file, both cut to a readable length. The texts must differ.
func Difference(inFile, executed string) string {
	before, after := strings.Split(inFile, "\n"), strings.Split(executed, "\n")
	line := 0
	for line < min(len(before), len(after)) && before[line] == after[line] {
		line++
	}
	return fmt.Sprintf("  line %d in the file:  %s\n  line %d executed:     %s",
		line+1, lineAt(before, line), line+1, lineAt(after, line))
}

func lineAt(lines []string, i int) string {
	if i >= len(lines) {
		return "(none)"
	}
	if text := []rune(lines[i]); len(text) > 200 {
		return fmt.Sprintf("%q... (%d characters)", string(text[:200]), len(text))
	}
	return fmt.Sprintf("%q", lines[i])
}
