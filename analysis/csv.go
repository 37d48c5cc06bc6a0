package analysis

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"balanced/analysis/internal/number"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// WriteCSV writes a frame as CSV text, from which ReadCSV gives the same frame: names,
// types and every bit of every number. (The writer of gota keeps six decimals.)
//
// Texts are always in quotes and numbers never, so that the name "1" stays a name.
// Floats have as few digits as identify them, and a point or an exponent even if whole
// (2.0), which tells them from integers; they may also be NaN, Inf and -Inf. A text
// that is missing is NaN without quotes. Lines end in \n.
//
// The error tells what cannot be kept: a frame with an error or without rows, a
// carriage return in a text (which readers of CSV change), a missing integer or bool,
// or a column of texts that are all missing.
func WriteCSV(w io.Writer, frame dataframe.DataFrame) error {
	if frame.Err != nil {
		return frame.Err
	}
	rows, columns := frame.Dims()
	if rows == 0 || columns == 0 {
		return fmt.Errorf("frame of %d rows and %d columns: must have 1 or more of each", rows, columns)
	}
	var text bytes.Buffer
	for column, name := range frame.Names() {
		cell, err := quote(name)
		if err != nil {
			return fmt.Errorf("name of column %d: %w", column, err)
		}
		separate(&text, column, cell)
		if texts := frame.Col(name); texts.Type() == series.String && !slices.Contains(texts.IsNaN(), false) {
			return fmt.Errorf("column %q: all texts are missing", name)
		}
	}
	text.WriteByte('\n')
	for row := range rows {
		for column, name := range frame.Names() {
			cell, err := formatCell(frame.Elem(row, column))
			if err != nil {
				return fmt.Errorf("row %d, column %q: %w", row, name, err)
			}
			separate(&text, column, cell)
		}
		text.WriteByte('\n')
	}
	_, err := w.Write(text.Bytes())
	return err
}

func separate(text *bytes.Buffer, column int, cell string) {
	if column > 0 {
		text.WriteByte(',')
	}
	text.WriteString(cell)
}

func formatCell(element series.Element) (string, error) {
	switch element.Type() {
	case series.Float:
		return formatFloat(element.Float()), nil
	case series.Int:
		value, err := element.Int()
		return strconv.Itoa(value), err
	case series.Bool:
		value, err := element.Bool()
		return strconv.FormatBool(value), err
	case series.String:
		if element.IsNA() {
			return "NaN", nil
		}
		return quote(element.String())
	}
	return "", fmt.Errorf("type %q: must be float, int, bool or string", element.Type())
}

func formatFloat(x float64) string {
	text := strings.TrimPrefix(number.Exact(x), "+") // of +Inf
	if strings.ContainsAny(text, ".eIN") {
		return text
	}
	return text + ".0"
}

func quote(text string) (string, error) {
	if strings.ContainsRune(text, '\r') {
		return "", errors.New("a carriage return cannot be kept in CSV")
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`, nil
}

// ReadCSV reads a frame that WriteCSV has written, or another CSV text whose first row
// holds the names of the columns. A column without any quotes is of integers, floats or
// bools (true and false) if all its cells can be read as such, in this order; NaN is a
// float. Any other column holds texts, among which NaN without quotes is missing. A byte
// order mark, with which spreadsheets begin such files, is left out, and so is the first line
// if it says how the file was made ("# bnn ").
//
// The error tells the line of a syntax error or of a row of another length. The text
// is read into memory as a whole.
func ReadCSV(r io.Reader) (dataframe.DataFrame, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if bytes.HasPrefix(data, []byte("# bnn ")) {
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	records, quoted, err := readRecords(data)
	if err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("CSV: %w", err)
	}
	if len(records) < 2 {
		return dataframe.DataFrame{}, fmt.Errorf("CSV of %d rows: must have a row of names and 1 or more rows", len(records))
	}
	var columns []series.Series
	for column, name := range records[0] {
		cells := make([]string, 0, len(records)-1)
		anyQuoted := false
		for row := 1; row < len(records); row++ {
			cells = append(cells, records[row][column])
			anyQuoted = anyQuoted || quoted[row][column]
		}
		columns = append(columns, columnSeries(cells, anyQuoted, name))
	}
	frame := dataframe.New(columns...)
	return frame, frame.Err
}

// readRecords reads the cells of CSV text and whether each was in quotes.
func readRecords(data []byte) (records [][]string, quoted [][]bool, err error) {
	lines := bytes.Split(data, []byte("\n"))
	reader := csv.NewReader(bytes.NewReader(data))
	for {
		record, err := reader.Read()
		if err == io.EOF {
			return records, quoted, nil
		}
		if err != nil {
			return nil, nil, err
		}
		marks := make([]bool, len(record))
		for i := range record {
			line, column := reader.FieldPos(i)
			rest := lines[line-1][column-1:]
			marks[i] = len(rest) > 0 && rest[0] == '"'
		}
		records, quoted = append(records, record), append(quoted, marks)
	}
}

// columnSeries finds the type of a column and makes a series of it.
func columnSeries(cells []string, quoted bool, name string) series.Series {
	if !quoted {
		if ints, ok := parseAll(cells, strconv.Atoi); ok {
			return series.New(ints, series.Int, name)
		}
		if floats, ok := parseAll(cells, func(s string) (float64, error) { return strconv.ParseFloat(s, 64) }); ok {
			return series.New(floats, series.Float, name)
		}
		if bools, ok := parseAll(cells, parseBool); ok {
			return series.New(bools, series.Bool, name)
		}
	}
	return series.New(cells, series.String, name)
}

func parseAll[T any](cells []string, parse func(string) (T, error)) ([]T, bool) {
	values := make([]T, len(cells))
	for i, cell := range cells {
		value, err := parse(cell)
		if err != nil {
			return nil, false
		}
		values[i] = value
	}
	return values, true
}

func parseBool(cell string) (bool, error) {
	switch cell {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return false, errors.New("no bool")
}
