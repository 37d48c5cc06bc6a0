package project

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"

	"balanced/internal/files"
)

// verdictDifference names the first verdict in which two tables differ, and the column.
func verdictDifference(inFile, executed []byte) string {
	before, err := csv.NewReader(bytes.NewReader(inFile)).ReadAll()
	if err != nil {
		return err.Error()
	}
	after, err := csv.NewReader(bytes.NewReader(executed)).ReadAll()
	if err != nil {
		return err.Error()
	}
	for row := range max(len(before), len(after)) {
		switch {
		case row >= len(before):
			return fmt.Sprintf("row %d (%s) is not in the file", row+1, verdictName(after[row]))
		case row >= len(after):
			return fmt.Sprintf("row %d (%s) is in the file only", row+1, verdictName(before[row]))
		case len(before[row]) != len(after[row]):
			return fmt.Sprintf("the file has the columns %s, the execution gave %s", strings.Join(before[0], ","), strings.Join(after[0], ","))
		}
		for column, value := range after[row] {
			if before[row][column] != value {
				return fmt.Sprintf("row %d (%s): %s is %q in the file, %q executed",
					row+1, verdictName(after[row]), after[0][column], before[row][column], value)
			}
		}
	}
	return "the rows are the same, but not how they are written\n" + files.Difference(string(inFile), string(executed))
}

// verdictName says which verdict a row is of: its notebook and number.
func verdictName(row []string) string { return strings.Join(row[:min(2, len(row))], ", verdict ") }
