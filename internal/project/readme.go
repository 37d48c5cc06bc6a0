package project

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-gota/gota/dataframe"

	"balanced/analysis"
)

// tableFile is where people read the verdicts.
const tableFile = "data/results/README.md"

// The lines of it between which the table of verdicts stands.
const (
	tableBegin = "<!-- verdicts: written by bnn run -->\n"
	tableEnd   = "<!-- end of verdicts -->\n"
)

// withTable returns the text of tableFile with the table in its place.
func withTable(readme []byte, table string) ([]byte, error) {
	if bytes.Count(readme, []byte(tableBegin)) != 1 || bytes.Count(readme, []byte(tableEnd)) != 1 {
		return nil, fmt.Errorf("%s must have one line %q and one line %q", tableFile, strings.TrimSpace(tableBegin), strings.TrimSpace(tableEnd))
	}
	before, rest, _ := bytes.Cut(readme, []byte(tableBegin))
	_, after, found := bytes.Cut(rest, []byte(tableEnd))
	if !found {
		return nil, fmt.Errorf("%s: the line %q must come after %q", tableFile, strings.TrimSpace(tableEnd), strings.TrimSpace(tableBegin))
	}
	return slices.Concat(before, []byte(tableBegin+"\n"+table+"\n"+tableEnd), after), nil
}

// table writes the verdicts as a table in Markdown, a row each, with a link to the
// chapter where it begins.
func table(verdicts dataframe.DataFrame, chapters []Chapter) (string, error) {
	all, err := verdictsOf(verdicts)
	if err != nil {
		return "", err
	}
	titles := map[string]string{}
	for _, c := range chapters {
		titles[c.Name] = c.Title
	}
	var text strings.Builder
	text.WriteString("| chapter | claim | predicted | measured | holds |\n|---|---|---|---|---|\n")
	last := ""
	for row, v := range all {
		link := ""
		if name := verdicts.Col("notebook").Elem(row).String(); name != last {
			link, last = fmt.Sprintf("[%s](../../notebooks/%s.ipynb)", strings.ReplaceAll(titles[name], "|", `\|`), name), name
		}
		mark := "✗"
		switch v.Outcome {
		case analysis.Holds:
			mark = "✓"
		case analysis.Undecided:
			mark = "?"
		}
		predicted, measured := v.Numbers()
		fmt.Fprintf(&text, "| %s | %s %s | %s | %s | %s |\n", link, plain(v.Claim), v.Label, predicted, measured, mark)
	}
	if last == "" {
		return "", errors.New("there are no verdicts")
	}
	return text.String(), nil
}

var markdown = strings.NewReplacer(`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", "[", `\[`, "$", `\$`, "\n", " ")

// plain keeps a text from being read as Markdown.
func plain(text string) string { return markdown.Replace(text) }
