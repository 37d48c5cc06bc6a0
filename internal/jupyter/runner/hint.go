package runner

import (
	"regexp"

	"balanced/internal/jupyter/kernel"
)

// statementOutside matches what Go says of a statement that is in no function: what it
// finds in the place of a declaration is a word, and not a bracket too many.
var statementOutside = regexp.MustCompile(`expected declaration, found ('?[\pL_])`)

// function matches a cell that says what its main function is.
var function = regexp.MustCompile(`(?m)^[ \t]*(%%|%main\b|func main\()`)

// hint is a line on what a failing cell of this source lacks, or "". It is for the error
// of a run alone: outputs are those of every client.
func hint(source string, execution *kernel.Execution) string {
	if function.MatchString(source) || !statementOutside.MatchString(execution.Failure()) {
		return ""
	}
	return "\n\nStatements stand in a function: put the line %% before them, which makes GoNB write func main around what follows."
}
