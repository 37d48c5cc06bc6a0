package book

import (
	"fmt"
	"html/template"

	"balanced/analysis"
)

// A verdict is a row of the cover's table.
type verdict struct {
	Claim, Label        string
	Predicted, Measured string
	Holds               bool
	Link                string // to its place in the chapter
}

// coverData is what cover.html shows.
type coverData struct {
	Book    string
	Style   template.CSS
	Program template.JS
	Policy  template.HTMLAttr
	Pages   []page
	Outcome *outcome // of all verdicts, nil if there are none
}

// renderCover sets the index page.
func renderCover(pages []page) ([]byte, error) {
	var all []verdict
	for _, p := range pages {
		all = append(all, p.Verdicts...)
	}
	data := coverData{Book: bookTitle, Style: bookStyle, Program: program, Pages: pages, Outcome: outcomeOf(all)}
	return withPolicy(page{}, func(policy template.HTMLAttr) ([]byte, error) {
		data.Policy = policy
		return execute("cover.html", data)
	})
}

// verdictsOf lays out the verdicts of a chapter. They lead to their rows on its page, whose
// anchors are given, or to the page if those are not as many.
func verdictsOf(slug string, verdicts []analysis.Verdict, anchors []string) []verdict {
	var rows []verdict
	for i, v := range verdicts {
		row := verdict{Claim: v.Claim, Label: string(v.Label), Holds: v.Holds(), Link: slug + ".html"}
		row.Predicted, row.Measured = v.Numbers()
		if len(anchors) == len(verdicts) {
			row.Link += "#" + anchors[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// An outcome says in one line how many verdicts hold.
type outcome struct {
	Holds bool // all of them
	Text  string
}

// Outcome is that of a page's verdicts, nil if it has none.
func (p page) Outcome() *outcome { return outcomeOf(p.Verdicts) }

func outcomeOf(verdicts []verdict) *outcome {
	hold := 0
	for _, v := range verdicts {
		if v.Holds {
			hold++
		}
	}
	switch all := len(verdicts); {
	case all == 0:
		return nil
	case all == 1 && hold == 1:
		return &outcome{true, "1 verdict, it holds"}
	case hold == all:
		return &outcome{true, fmt.Sprintf("%d verdicts, all hold", all)}
	case all == 1:
		return &outcome{false, "1 verdict, it fails"}
	default:
		return &outcome{false, fmt.Sprintf("%d of %d verdicts hold, %d %s", hold, all, all-hold, fails(all-hold))}
	}
}

func fails(count int) string {
	if count == 1 {
		return "fails"
	}
	return "fail"
}
