// Package parquet writes tables as Parquet files, which pandas, DuckDB, R and others read with
// the types of their columns. It stands apart from the tables that are printed, so that only
// who writes such files links it.
package parquet

import (
	"fmt"
	"io"
	"reflect"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

// A Kind is the type of a column.
type Kind int

// The kinds of columns: cells are int64, float64 or string, or nil for null.
const (
	Integer Kind = iota
	Number
	Text
)

// A Column of a table. Names are unique.
type Column struct {
	Name string
	Kind Kind
}

// groupRows is how many rows are held until they are written: with a hundred columns some
// 50 MB.
const groupRows = 1 << 16

// A Writer writes a table row by row.
type Writer struct {
	out     *parquet.GenericWriter[any]
	columns []Column
	rows    []parquet.Row   // that wait
	cells   []parquet.Value // of these rows, one after the other
}

// batchRows is how many rows wait: handed over one by one they take twice the time.
const batchRows = 256

// NewWriter begins a table with its columns, all of which may be null, in their order. Pairs
// of a key and a value are metadata of the file. The same rows give the same bytes.
func NewWriter(w io.Writer, columns []Column, metadata ...[2]string) (*Writer, error) {
	fields := make([]parquet.Field, len(columns))
	names := map[string]bool{}
	for i, column := range columns {
		if names[column.Name] {
			return nil, fmt.Errorf("column %s: must be unlike the others", strconv.Quote(column.Name))
		}
		names[column.Name] = true
		var node parquet.Node
		switch column.Kind {
		case Integer:
			node = parquet.Leaf(parquet.Int64Type)
		case Number:
			node = parquet.Leaf(parquet.DoubleType)
		default:
			node = parquet.String()
		}
		fields[i] = field{parquet.Optional(node), column.Name}
	}
	options := []parquet.WriterOption{
		parquet.NewSchema("table", root{parquet.Group{}, fields}), parquet.Compression(&parquet.Snappy),
		parquet.MaxRowsPerRowGroup(groupRows), parquet.CreatedBy("bnn", "1", "parquet-go"),
	}
	for _, pair := range metadata {
		options = append(options, parquet.KeyValueMetadata(pair[0], pair[1]))
	}
	cells := make([]parquet.Value, 0, batchRows*len(columns))
	return &Writer{out: parquet.NewGenericWriter[any](w, options...), columns: columns, cells: cells}, nil
}

// Write writes a row, of a cell a column; it may wait for others.
func (w *Writer) Write(row []any) error {
	if len(row) != len(w.columns) {
		return fmt.Errorf("a row of %d cells: must have %d, one a column", len(row), len(w.columns))
	}
	first := len(w.cells)
	for i, cell := range row {
		value, level := parquet.Value{}, 0
		if cell != nil {
			level = 1
			switch cell := cell.(type) {
			case int64:
				value = parquet.Int64Value(cell)
			case float64:
				value = parquet.DoubleValue(cell)
			case string:
				value = parquet.ByteArrayValue([]byte(cell))
			}
			if kind := kindOf(cell); kind != w.columns[i].Kind {
				w.cells = w.cells[:first]
				return fmt.Errorf("column %s: %v is not allowed: must be of its kind", strconv.Quote(w.columns[i].Name), cell)
			}
		}
		w.cells = append(w.cells, value.Level(0, level, i))
	}
	w.rows = append(w.rows, w.cells[first:len(w.cells):len(w.cells)])
	if len(w.rows) < batchRows {
		return nil
	}
	return w.flush()
}

// flush hands over the rows that wait.
func (w *Writer) flush() error {
	_, err := w.out.WriteRows(w.rows)
	w.rows, w.cells = w.rows[:0], w.cells[:0]
	return err
}

// kindOf is that of the column that a cell can stand in, or none.
func kindOf(cell any) Kind {
	switch cell.(type) {
	case int64:
		return Integer
	case float64:
		return Number
	case string:
		return Text
	}
	return -1
}

// Close writes the rows that wait and the end of the file.
func (w *Writer) Close() error {
	if err := w.flush(); err != nil {
		return err
	}
	return w.out.Close()
}

// root is a group whose fields stay in their order; parquet.Group sorts them.
type root struct {
	parquet.Group
	fields []parquet.Field
}

// Fields implements parquet.Node.
func (r root) Fields() []parquet.Field { return r.fields }

// A field is a column of it.
type field struct {
	parquet.Node
	name string
}

// Value implements parquet.Field, for Go values, of which none are written.
func (f field) Value(base reflect.Value) reflect.Value { return base.MapIndex(reflect.ValueOf(f.name)) }

// Name implements parquet.Field.
func (f field) Name() string { return f.name }
