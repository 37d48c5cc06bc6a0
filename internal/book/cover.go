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
	Outcome             analysis.Outcome
	Link                string // to its place in the chapter
}

// Holds tells whether it does, and Mark how the table says what became of it.
func (v verdict) Holds() bool { return v.Outcome == analysis.Holds }

func (v verdict) Mark() string {
	switch v.Outcome {
	case analysis.Holds:
		return "✓ holds"
	case analysis.Undecided:
		return "? undecided"
	}
	return "✗ fails"
}

// coverData is what cover.html shows.
type coverData struct {
	Book    string
	Style   template.CSS
	Program template.JS
	Policy  template.HTMLAttr
	Pages   []page
	Parts   []part
	Outcome *outcome // of all verdicts, nil if there are none
}

// A part of the book is the pages that follow each other in it.
type part struct {
	Title string // empty for what is in no part
	Pages []page
}

func partsOf(pages []page) (parts []part) {
	for _, p := range pages {
		if len(parts) == 0 || parts[len(parts)-1].Title != p.Part {
			parts = append(parts, part{Title: p.Part})
		}
		last := &parts[len(parts)-1]
		last.Pages = append(last.Pages, p)
	}
	return parts
}

// renderCover sets the index page.
func renderCover(pages []page) ([]byte, error) {
	var all []verdict
	for _, p := range pages {
		all = append(all, p.Verdicts...)
	}
	data := coverData{Book: bookTitle, Style: bookStyle, Program: program, Pages: pages, Parts: partsOf(pages), Outcome: outcomeOf(all)}
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
		row := verdict{Claim: v.Claim, Label: string(v.Label), Outcome: v.Outcome, Link: slug + ".html"}
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
	if len(verdicts) == 0 {
		return nil
	}
	counts := map[analysis.Outcome]int{}
	for _, v := range verdicts {
		counts[v.Outcome]++
	}
	switch hold, all := counts[analysis.Holds], len(verdicts); {
	case all == 1 && hold == 1:
		return &outcome{true, "1 verdict, it holds"}
	case hold == all:
		return &outcome{true, fmt.Sprintf("%d verdicts, all hold", all)}
	case all == 1 && counts[analysis.Undecided] == 1:
		return &outcome{false, "1 verdict, it is undecided"}
	case all == 1:
		return &outcome{false, "1 verdict, it fails"}
	default:
		text := fmt.Sprintf("%d of %d verdicts hold", hold, all)
		if count := counts[analysis.Undecided]; count > 0 {
			text += fmt.Sprintf(", %d undecided", count)
		}
		switch count := all - hold - counts[analysis.Undecided]; {
		case count == 1:
			text += ", 1 fails"
		case count > 1:
			text += fmt.Sprintf(", %d fail", count)
		}
		return &outcome{false, text}
	}
}
