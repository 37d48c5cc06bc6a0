package book

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/wyatt915/treeblood"
	"golang.org/x/net/html"
)

// formulaMacros adds the commands that books on limit theorems use and
// treeblood does not know or sets poorly. An operator name becomes text of
// class "operator", which tidyFormula turns into a proper function name.
var formulaMacros = map[string]string{
	"operatorname": `\class{operator}{\text{#1}}`,
	"arg":          `\class{operator}{\text{arg}}`,
	"stackrel":     `\overset{#1}{#2}`,
	"xrightarrow":  `\overset{#1}{\longrightarrow}`,
	"tag":          `\qquad\text{(#1)}`,
	"mbox":         `\text{#1}`,
	"textrm":       `\text{#1}`,
	"coloneqq":     `:=`,
	"varnothing":   `\emptyset`,
	"lvert":        `|`,
	"rvert":        `|`,
}

// renderFormula turns TeX, without its delimiters, into one MathML element.
// The bytes depend on the TeX alone. What cannot be rendered completely is an
// error that quotes the formula.
func renderFormula(tex string, display bool) (string, error) {
	tex = strings.TrimSpace(tex)
	rendered, err := convertFormula(tex, display)
	if err != nil {
		return "", fmt.Errorf("formula %s: %w", tex, err)
	}
	return rendered, nil
}

func convertFormula(tex string, display bool) (string, error) {
	if tex == "" {
		return "", errors.New(`is empty; write a literal dollar sign as \$`)
	}
	if err := refuseMisread(tex); err != nil {
		return "", err
	}
	document := treeblood.NewDocument(formulaMacros, false)
	document.PrintOneLine = true
	convert := document.TextStyle
	if display {
		convert = document.DisplayStyle
	}
	converted, err := convert(loosenBrackets(prepareTeX(tex)))
	if err != nil {
		return "", plainReason(err)
	}
	nodes, err := parseFragment(converted)
	if err != nil {
		return "", err
	}
	for _, node := range nodes {
		if node.Type == html.ElementNode && node.Data == "math" {
			if err := tidyFormula(node, tex, display); err != nil {
				return "", err
			}
			return renderNodes(node)
		}
	}
	return "", errors.New("has no MathML form")
}

var markup = regexp.MustCompile(`(?s)<[^>]*>`)

// plainReason strips the HTML and line breaks treeblood puts into its errors.
func plainReason(err error) error {
	return errors.New(strings.Join(strings.Fields(markup.ReplaceAllString(err.Error(), " ")), " "))
}
