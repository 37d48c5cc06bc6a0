package book

import (
	"errors"
	"fmt"
	"strings"
	"sync"
)

// A formulaKey is all that the MathML of a formula depends on.
type formulaKey struct {
	tex     string
	display bool
}

type setFormula struct {
	mathML string
	err    error
}

// setFormulas keeps what was set, for a book has most formulas several times, and a server
// writes the same book again and again.
var setFormulas = struct {
	sync.Mutex
	known map[formulaKey]setFormula
}{known: map[formulaKey]setFormula{}}

// renderFormula turns TeX, without its delimiters, into one MathML element. The bytes
// depend on the TeX alone. What cannot be set is an error that quotes the formula. A new
// formula takes a millisecond, and the first one 50 more. It may be called side by side.
func renderFormula(tex string, display bool) (string, error) {
	key := formulaKey{strings.TrimSpace(tex), display}
	setFormulas.Lock()
	defer setFormulas.Unlock()
	set, ok := setFormulas.known[key]
	if !ok {
		set.mathML, set.err = convertFormula(key.tex, display)
		setFormulas.known[key] = set
	}
	if set.err != nil {
		return "", fmt.Errorf("formula %s: %w", key.tex, set.err)
	}
	return set.mathML, nil
}

func convertFormula(tex string, display bool) (string, error) {
	switch {
	case tex == "":
		return "", errors.New(`is empty; write a literal dollar sign as \$`)
	case strings.Contains(strings.NewReplacer(`\\`, "", `\%`, "").Replace(tex), "%"):
		// Temml would leave out the rest of the line, which is seldom what was meant.
		return "", errors.New(`contains %, which starts a TeX comment; write \%`)
	}
	converted, err := temml(tex, display)
	if err != nil {
		return "", err
	}
	nodes, err := parseFragment(converted)
	if err != nil {
		return "", err
	}
	if len(nodes) != 1 || nodes[0].Namespace != "math" || nodes[0].Data != "math" {
		return "", errors.New(`is a reference or the like; the book numbers no formulas`)
	}
	if err := tidyFormula(nodes[0], tex, display); err != nil {
		return "", err
	}
	return renderNodes(nodes[0])
}
