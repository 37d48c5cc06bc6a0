package mutation

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// The files of the table, in data/results of the project.
const (
	tableFile    = "mutations.csv"         // a row a mutation and verdict
	summaryFile  = "mutations-summary.csv" // a row a mutation
	verdictsFile = "mutations-verdicts.csv"
)

// Table shows mutations to the chapters and writes, after each, the three tables into a folder.
// Rows of other mutations and chapters stay.
func (b *Book) Table(ctx context.Context, folder string, mutations []Mutation) error {
	table, err := read(filepath.Join(folder, tableFile))
	if err != nil {
		return err
	}
	order := []string{Sound}
	for _, m := range All() {
		order = append(order, m.Name)
	}
	sound := map[bool]map[string]found{}
	for _, m := range mutations {
		quick := m.Quick()
		if sound[quick] == nil {
			plain := Mutation{Name: Sound, Part: Analysis}
			if quick {
				plain.Part = Simulator
			}
			if sound[quick], err = b.run(ctx, plain); err != nil {
				return err
			}
			table = replace(table, b.compare(plain, sound[quick], sound[quick]), order)
		}
		mutated, err := b.run(ctx, m)
		if err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
		table = replace(table, b.compare(m, sound[quick], mutated), order)
		if err := writeAll(folder, table); err != nil {
			return err
		}
	}
	return nil
}

// compare gives the rows of all chapters, and says what came of them.
func (b *Book) compare(m Mutation, sound, mutated map[string]found) []Row {
	var list []Row
	for _, name := range b.names {
		own := rows(m, name, sound[name].verdicts, mutated[name].verdicts)
		noticed := 0
		for _, row := range own {
			if row.Rejects {
				noticed++
			}
		}
		fmt.Fprintf(b.Messages, "%s, %s: %d of %d verdicts notice, %v\n", m.Name, name, noticed, len(own), mutated[name].took.Round(time.Second/10))
		if failure := mutated[name].failure; failure != nil {
			fmt.Fprintf(b.Messages, "  no verdicts: %v\n", failure)
		}
		list = append(list, own...)
	}
	return list
}

func writeAll(folder string, table []Row) error {
	if err := write(filepath.Join(folder, tableFile), frameOf(table)); err != nil {
		return err
	}
	if err := write(filepath.Join(folder, summaryFile), summary(table)); err != nil {
		return err
	}
	return write(filepath.Join(folder, verdictsFile), byVerdict(table))
}

// summary has a row for each mutation of the table: mutation, what is wrong, part, run, how many
// verdicts there are, how many notice, and which: chapter numbers with the numbers of verdicts.
func summary(table []Row) dataframe.DataFrame {
	type line struct {
		Mutation
		run               string
		verdicts, noticed int
		by                string
	}
	var lines []line
	for _, m := range All() {
		l := line{Mutation: m}
		chapter := ""
		for _, row := range table {
			if row.Mutation != m.Name {
				continue
			}
			l.run = row.Run
			l.verdicts++
			if !row.Rejects {
				continue
			}
			l.noticed++
			if row.Chapter != chapter {
				chapter = row.Chapter
				l.by = strings.TrimPrefix(l.by+"; "+chapter[:2]+":", "; ")
			}
			l.by += fmt.Sprint(" ", row.Verdict)
		}
		if l.verdicts > 0 {
			lines = append(lines, l)
		}
	}
	return dataframe.New(
		column(series.String, "mutation", lines, func(l line) string { return l.Name }), column(series.String, "wrong", lines, func(l line) string { return l.Words }),
		column(series.String, "part", lines, func(l line) string { return string(l.Part) }), column(series.String, "run", lines, func(l line) string { return l.run }),
		column(series.Int, "verdicts", lines, func(l line) int { return l.verdicts }), column(series.Int, "noticed", lines, func(l line) int { return l.noticed }),
		column(series.String, "by", lines, func(l line) string { return l.by }))
}

// byVerdict has a row for each verdict: chapter, verdict, of how many mutations, how many it
// notices, and which. Controls do not count.
func byVerdict(table []Row) dataframe.DataFrame {
	type line struct {
		chapter        string
		verdict        int
		shown, noticed int
		which          string
	}
	var control []string
	for _, m := range controls {
		control = append(control, m.Name)
	}
	var lines []line
	for _, row := range table {
		i := slices.IndexFunc(lines, func(l line) bool { return l.chapter == row.Chapter && l.verdict == row.Verdict })
		if i < 0 {
			i = len(lines)
			lines = append(lines, line{chapter: row.Chapter, verdict: row.Verdict})
		}
		if row.Mutation == Sound || slices.Contains(control, row.Mutation) || row.Before == Ended {
			continue
		}
		lines[i].shown++
		if row.Rejects {
			lines[i].noticed++
			lines[i].which = strings.TrimSpace(lines[i].which + " " + row.Mutation)
		}
	}
	slices.SortFunc(lines, func(a, b line) int {
		if a.chapter != b.chapter {
			return compare(a.chapter, b.chapter)
		}
		return a.verdict - b.verdict
	})
	return dataframe.New(
		column(series.String, "chapter", lines, func(l line) string { return l.chapter }), column(series.Int, "verdict", lines, func(l line) int { return l.verdict }),
		column(series.Int, "mutations", lines, func(l line) int { return l.shown }), column(series.Int, "noticed", lines, func(l line) int { return l.noticed }),
		column(series.String, "which", lines, func(l line) string { return l.which }))
}
