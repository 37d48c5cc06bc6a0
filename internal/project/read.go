package project

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"balanced/analysis"
)

// Committed returns the verdicts in data/results/verdicts.csv of the project at root, by
// the names of their notebooks and in their order; none if there is no such file. Of each
// verdict it has what a reader of a table needs: the claim, its label, the
// numbers and the outcome, and where the file has them where, z and the p-value.
func Committed(root string) (map[string][]analysis.Verdict, error) {
	frame, err := readCommitted(root)
	if err != nil || frame.Nrow() == 0 {
		return nil, err
	}
	all, err := verdictsOf(frame)
	if err != nil {
		return nil, err
	}
	verdicts := map[string][]analysis.Verdict{}
	for i, v := range all {
		name := frame.Col("notebook").Elem(i).String()
		verdicts[name] = append(verdicts[name], v)
	}
	return verdicts, nil
}

// Left returns likewise what running the chapters of these names left in the folder of
// OutFolder. Those that left no verdicts have none.
func Left(folder string, names []string) (map[string][]analysis.Verdict, error) {
	verdicts := map[string][]analysis.Verdict{}
	for _, name := range names {
		frame, err := readFrame(verdictsOfChapter(folder, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if verdicts[name], err = verdictsOf(frame); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return verdicts, nil
}

// leastShare of the verdicts are to hold with other random numbers. Each holds with a probability
// of 0.95 or more at its planned size.
const leastShare = 0.95

// Share tells in words how many verdicts hold, and is an error if these are fewer than 95 %.
func Share(verdicts map[string][]analysis.Verdict) (told string, err error) {
	hold, all := 0, 0
	for _, chapter := range verdicts {
		for _, verdict := range chapter {
			all++
			if verdict.Holds() {
				hold++
			}
		}
	}
	share := float64(hold) / float64(all)
	told = fmt.Sprintf("%d of %d verdicts hold, %.1f %%", hold, all, 100*share)
	if !(share >= leastShare) {
		err = fmt.Errorf("fewer than %g %% of the verdicts hold", 100*leastShare)
	}
	return told, err
}

// verdictsOf reads the rows of a frame of verdicts.
func verdictsOf(frame dataframe.DataFrame) ([]analysis.Verdict, error) {
	for _, needed := range []struct {
		name string
		kind series.Type
	}{
		{"claim", series.String}, {"label", series.String}, {"outcome", series.String},
		{"predicted_low", series.Float}, {"predicted_high", series.Float},
		{"measured", series.Float}, {"low", series.Float}, {"high", series.Float},
	} {
		if column := frame.Col(needed.name); column.Err != nil || column.Type() != needed.kind {
			return nil, fmt.Errorf("the verdicts need a column %s of type %s, and have %v", needed.name, needed.kind, frame.Names())
		}
	}
	full := frame.Col("where").Err == nil && frame.Col("z").Err == nil && frame.Col("p_value").Err == nil
	verdicts := make([]analysis.Verdict, frame.Nrow())
	for row := range verdicts {
		word := func(column string) string { return frame.Col(column).Elem(row).String() }
		number := func(column string) float64 { return frame.Col(column).Elem(row).Float() }
		verdicts[row] = analysis.Verdict{
			Claim: word("claim"), Label: analysis.Label(word("label")), Outcome: analysis.Outcome(word("outcome")),
			PredictedLow: number("predicted_low"), PredictedHigh: number("predicted_high"),
			Measured: number("measured"), Low: number("low"), High: number("high"),
		}
		if full {
			verdicts[row].Where, verdicts[row].Z, verdicts[row].PValue = word("where"), number("z"), number("p_value")
		}
	}
	return verdicts, nil
}
