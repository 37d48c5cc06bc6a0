package project

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"balanced/analysis"
	"balanced/bnn"
)

// verdictsFile is the table of all verdicts, in the project.
const verdictsFile = "data/results/verdicts.csv"

// command is what gives the results again.
const command = "bnn run"

// gather returns the verdicts of all chapters in one frame: of those that ran, what they
// left, of the others, what is committed.
func gather(root string, chapters []Chapter) (dataframe.DataFrame, error) {
	var committed, all dataframe.DataFrame
	if slices.ContainsFunc(chapters, func(c Chapter) bool { return !c.Ran }) {
		var err error
		if committed, err = readCommitted(root); err != nil {
			return all, err
		}
	}
	var problems []error
	first := ""
	for _, c := range chapters {
		rows, err := c.verdicts(root, committed)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		switch {
		case rows.Nrow() == 0:
		case first == "":
			all, first = rows, c.Name
		case !slices.Equal(rows.Names(), all.Names()) || !slices.Equal(rows.Types(), all.Types()):
			problems = append(problems, fmt.Errorf("the verdicts of %s have the columns %v (%v), those of %s %v (%v): run all notebooks",
				c.Name, rows.Names(), rows.Types(), first, all.Names(), all.Types()))
		default:
			all = all.RBind(rows)
		}
	}
	if err := errors.Join(problems...); err != nil {
		return all, err
	}
	if first == "" {
		return all, errors.New("there are no verdicts: no chapter was run, and none is in " + verdictsFile)
	}
	return all, all.Err
}

// verdicts returns the rows of one chapter; they are none if it did not run and none are
// committed.
func (c Chapter) verdicts(root string, committed dataframe.DataFrame) (dataframe.DataFrame, error) {
	if !c.Ran {
		return rowsOf(committed, c.Name), nil
	}
	frame, err := readFrame(verdictsOfChapter(OutFolder(root, Variant{}), c.Name))
	if errors.Is(err, fs.ErrNotExist) {
		return frame, fmt.Errorf("%s left no verdicts: its last cell must call Verdicts of show.Chapter(%q)", c.Name, c.Name)
	}
	if err != nil {
		return frame, err
	}
	rows := frame.Nrow()
	numbers := make([]int, rows)
	for i := range numbers {
		numbers[i] = i + 1
	}
	columns := []series.Series{constant("notebook", c.Name, rows), series.New(numbers, series.Int, "number")}
	for _, name := range frame.Names() {
		columns = append(columns, frame.Col(name))
	}
	columns = append(columns, constant("version", bnn.Version, rows), constant("command", command, rows))
	frame = dataframe.New(columns...)
	return frame, frame.Err
}

func constant(name, value string, rows int) series.Series {
	return series.New(slices.Repeat([]string{value}, rows), series.String, name)
}

// rowsOf returns the rows of a notebook.
func rowsOf(committed dataframe.DataFrame, notebook string) dataframe.DataFrame {
	var rows []int
	for i := range committed.Nrow() {
		if committed.Col("notebook").Elem(i).String() == notebook {
			rows = append(rows, i)
		}
	}
	if len(rows) == 0 {
		return dataframe.DataFrame{}
	}
	return committed.Subset(rows)
}

// readCommitted reads the table that the project has, empty if it has none.
func readCommitted(root string) (dataframe.DataFrame, error) {
	frame, err := readFrame(filepath.Join(root, verdictsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return dataframe.DataFrame{}, nil
	}
	if err == nil && frame.Col("notebook").Err != nil {
		err = fmt.Errorf("%s has the columns %v, and no notebook: run all notebooks", verdictsFile, frame.Names())
	}
	return frame, err
}

func readFrame(path string) (dataframe.DataFrame, error) {
	file, err := os.Open(path)
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	defer file.Close()
	frame, err := analysis.ReadCSV(file)
	if err != nil {
		return frame, fmt.Errorf("%s: %w", path, err)
	}
	return frame, nil
}
