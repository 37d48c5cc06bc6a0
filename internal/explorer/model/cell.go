package model

import (
	_ "embed" // for cell.txt
	"fmt"
	"strings"

	"balanced/bnn"
)

// A CellQuestion asks for Go code, as a message of kind "cell".
type CellQuestion struct {
	Network bnn.Network `json:"network"`
	N       int         `json:"n"`
	Seed    uint64      `json:"seed"`
	To      float64     `json:"to"`
	Every   float64     `json:"every"`
}

// mostColors is the number of populations that a figure has colours for.
const mostColors = 6

// cellText is a cell that runs in a notebook of the folder notebooks as it stands, but for
// the places in braces. The names of its functions are its own, since cells share functions.
//
//go:embed cell.txt
var cellText string

// Answer writes the cell. The error is a *bnn.InputError, also for a size or times that
// the cell could not use.
func (q CellQuestion) Answer() (*TextAnswer, error) {
	file, err := FileQuestion{q.Network}.Answer()
	if err != nil {
		return nil, err
	}
	if count := len(q.Network.Populations); count > mostColors {
		return nil, &bnn.InputError{Path: "populations", Value: fmt.Sprintf("a list of %d", count), Allowed: fmt.Sprintf("at most %d for the figure of the cell", mostColors)}
	}
	for a := range q.Network.Populations {
		if _, err := q.Network.Count(a, q.N); err != nil {
			return nil, err
		}
	}
	if _, err := rowTimes(q.To, q.Every); err != nil {
		return nil, err
	}
	method := ""
	if q.N > mostExactNeurons {
		method = ", Method: simulate.Leap{}"
	}
	text := strings.NewReplacer("{network}", rawText(file.Text), "{n}", fmt.Sprint(q.N), "{seed}", fmt.Sprint(q.Seed),
		"{to}", fmt.Sprint(q.To), "{every}", fmt.Sprint(q.Every), "{method}", method).Replace(cellText)
	return &TextAnswer{Text: text}, nil
}

// rawText makes JSON text fit for a raw string of Go, by JSON's own escapes for the two
// characters that may not stand there. They occur within names only.
func rawText(json string) string {
	return strings.NewReplacer("`", `\u0060`, "\ufeff", `\ufeff`).Replace(strings.TrimSpace(json))
}
