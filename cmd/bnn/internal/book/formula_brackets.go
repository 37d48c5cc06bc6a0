package book

import (
	"regexp"
	"strings"
)

var (
	sizedBracket = regexp.MustCompile(`\\(big|Big|bigg|Bigg)[lrm]?([^a-zA-Z])`)
	sidedSize    = regexp.MustCompile(`\\(big|Big|bigg|Bigg)[lrm]\b`)
	bracketToken = regexp.MustCompile(`(?s)\\(?:left|right|middle|big|Big|bigg|Bigg)\b\s*(?:\\[a-zA-Z]+|\\.|.)|\\[a-zA-Z]+|\\.|.`)
)

// loosenBrackets rewrites the brackets that need no partner, as in the
// half-open interval [0, 1), as commands: treeblood pairs plain brackets and
// complains on standard error about those it cannot.
func loosenBrackets(tex string) string {
	tex = sidedSize.ReplaceAllString(sizedBracket.ReplaceAllString(tex, `\$1$2`), `\$1`)
	partner := map[string]string{")": "(", "]": "["}
	loose := map[string]string{"(": `\lparen `, ")": `\rparen `, "[": `\lbrack `, "]": `\rbrack `}
	const fence = "fence"
	tokens := bracketToken.FindAllString(tex, -1)
	var open []int // indices of unmatched opening tokens
	kind := func(i int) string {
		if len(tokens[i]) == 1 {
			return tokens[i]
		}
		return fence
	}
	for i, token := range tokens {
		switch {
		case token == "(" || token == "[" || token == `\{` || strings.HasPrefix(token, `\left`) && !isCommand(token):
			open = append(open, i)
		case token == ")" || token == "]":
			if last := len(open) - 1; last >= 0 && kind(open[last]) == partner[token] {
				open = open[:last]
			} else {
				tokens[i] = loose[token]
			}
		case token == `\}` || strings.HasPrefix(token, `\right`) && !isCommand(token):
			for last := len(open) - 1; last >= 0; last = len(open) - 1 {
				opening := open[last]
				open = open[:last]
				if kind(opening) == fence {
					break
				}
				tokens[opening] = loose[tokens[opening]]
			}
		}
	}
	return strings.Join(tokens, "")
}

var oneCommand = regexp.MustCompile(`^\\[a-zA-Z]+$`)

// isCommand tells \leftarrow from \left followed by its delimiter.
func isCommand(token string) bool { return oneCommand.MatchString(token) }
