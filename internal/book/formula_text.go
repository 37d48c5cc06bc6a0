package book

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// formulaText reads a formula of MathML as one line of plain text, as a person
// would write it in a letter: n^(−1/2), √n, F_E, a/b. It is for the search and
// for titles, where there is no MathML.
func formulaText(node *html.Node) string {
	if node.Type == html.TextNode {
		// What only tells a program how things belong together is not shown.
		return strings.NewReplacer("\u2061", "", "\u2062", "", "\u2063", "", "\u2064", "").Replace(strings.TrimSpace(node.Data))
	}
	var parts []string
	for child := range node.ChildNodes() {
		if child.Data != "annotation" {
			parts = append(parts, formulaText(child))
		}
	}
	part := func(i int) string {
		if i < len(parts) {
			return parts[i]
		}
		return ""
	}
	switch node.Data {
	case "mfrac":
		return grouped(part(0), factor) + "/" + grouped(part(1), factor)
	case "msqrt":
		return "√" + grouped(strings.Join(parts, ""), factor)
	case "mroot":
		return grouped(part(0), factor) + "^(1/" + part(1) + ")"
	case "msup":
		return part(0) + superscript(part(1))
	case "msub", "munder":
		return part(0) + subscript(part(1))
	case "msubsup", "munderover":
		return part(0) + subscript(part(1)) + superscript(part(2))
	case "mover":
		return part(0) // an accent or a bar
	case "mspace":
		return " "
	case "mtd":
		return strings.Join(parts, "") + " "
	case "mtr":
		return strings.TrimSpace(strings.Join(parts, "")) + "; "
	case "mtext":
		return " " + strings.Join(parts, "") + " "
	case "mo":
		return operatorText(strings.Join(parts, ""))
	case "math", "mtable":
		return strings.Trim(strings.Join(parts, ""), "; ")
	}
	return strings.Join(parts, "")
}

// operatorText sets relations apart from what they relate.
func operatorText(operator string) string {
	if operator == "," || operator == ";" {
		return operator + " "
	}
	if strings.ContainsAny(operator, "=<>≤≥≈→∈∼≪≫≠↦∝⇒") && operator != "" {
		return " " + operator + " "
	}
	return operator
}

func superscript(text string) string {
	switch text {
	case "":
		return ""
	case "′", "″", "*", "∗":
		return text
	}
	return "^" + grouped(text, script)
}

func subscript(text string) string {
	if text == "" {
		return ""
	}
	return "_" + grouped(text, script)
}

// What needs no parentheses: in fractions and roots a number or a letter with its scripts,
// in a script itself a word or a single sign.
var (
	factor = regexp.MustCompile(`^(\d+(\.\d+)?|\pL[′*]*([_^][\pL\d]+)*)$`)
	script = regexp.MustCompile(`^([\pL\d]+|.)$`)
)

// grouped keeps a longer part together.
func grouped(text string, single *regexp.Regexp) string {
	if text = strings.TrimSpace(text); single.MatchString(text) {
		return text
	}
	return "(" + text + ")"
}
