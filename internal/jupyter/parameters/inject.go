package parameters

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"balanced/internal/jupyter/nbformat"
)

// The tags of the two cells.
const (
	declaredTag = "parameters"
	injectedTag = "injected-parameters"
)

// Inject gives parameters of a notebook the values of assignments, NAME=VALUE: it puts
// a cell tagged injected-parameters after the one tagged parameters, in the place of
// what earlier runs injected. A value is written as in Go, but a text without quotes.
//
// It returns an error that says what is allowed, and leaves the notebook as it is, if
// there is not exactly one code cell tagged parameters, if that holds more than
// declarations, and for a name that is not one of its parameters or comes twice and a
// value that does not fit its type.
func Inject(n *nbformat.Notebook, assignments []string) error {
	at, err := declaringCell(n)
	if err != nil {
		return err
	}
	source, err := assign(n.Cells[at].Text(), assignments)
	if err != nil {
		return err
	}
	injected := nbformat.Cell{
		ID: injectedTag, Kind: nbformat.Code, Source: source,
		Metadata: map[string]any{"tags": []any{injectedTag}},
	}
	var cells []nbformat.Cell
	for i, cell := range n.Cells {
		if i == at {
			cells = append(cells, cell, injected)
		} else if !cell.HasTag(injectedTag) {
			cells = append(cells, cell)
		}
	}
	n.Cells = cells
	return nil
}

// declaringCell returns the place of the cell tagged parameters.
func declaringCell(n *nbformat.Notebook) (int, error) {
	at := -1
	for i, cell := range n.Cells {
		switch {
		case cell.Kind != nbformat.Code || !cell.HasTag(declaredTag):
		case at >= 0:
			return 0, fmt.Errorf("cells %d and %d are tagged %s: must be one", at+1, i+1, declaredTag)
		default:
			at = i
		}
	}
	if at < 0 {
		return 0, fmt.Errorf("no code cell is tagged %s, so that there is nothing to give a value to", declaredTag)
	}
	return at, nil
}

// assign returns the source of a cell with other values, under a line that says so.
func assign(source string, assignments []string) (string, error) {
	declared, err := find(source)
	if err != nil {
		return "", fmt.Errorf("the cell tagged %s %w", declaredTag, err)
	}
	literals := map[string]string{}
	for _, assignment := range assignments {
		name, value, ok := strings.Cut(assignment, "=")
		if !ok {
			return "", fmt.Errorf("parameter %q: must be NAME=VALUE", assignment)
		}
		if _, twice := literals[name]; twice {
			return "", fmt.Errorf("parameter %s is given twice: must be once", name)
		}
		i := slices.IndexFunc(declared, func(p parameter) bool { return p.name == name })
		if i < 0 {
			return "", unknown(name, declared)
		}
		if literals[name], err = declared[i].literal(value); err != nil {
			return "", err
		}
	}
	var given []string
	var changed strings.Builder
	end := 0
	for _, p := range declared {
		if literal, ok := literals[p.name]; ok {
			changed.WriteString(source[end:p.start] + literal)
			end = p.end
			given = append(given, p.name+" = "+literal)
		}
	}
	return "// Given to bnn run: " + strings.Join(given, ", ") + "\n" + changed.String() + source[end:], nil
}

// unknown is the error of a name that is not declared.
func unknown(name string, declared []parameter) error {
	if len(declared) == 0 {
		return errors.New("the cell tagged parameters declares none: must have a constant or variable with a literal as its value")
	}
	var names []string
	for _, p := range declared {
		names = append(names, p.name)
	}
	return fmt.Errorf("parameter %q: must be one of %s", name, strings.Join(names, ", "))
}
