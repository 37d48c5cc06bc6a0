package analysis

import (
	"html"
	"strings"

	"balanced/analysis/internal/number"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// HTML returns a frame as an HTML table of class frame, for a notebook. Numbers are
// aligned to the right, in cells of class number; floats are shown with 6 significant
// digits, which is what a reader takes in (WriteCSV keeps all of them). Texts are
// escaped. Of a frame with an error the text of the error is shown.
func HTML(frame dataframe.DataFrame) string {
	return frameHTML(frame, func(x float64) string { return number.Short(x, 6) })
}

// ExactHTML returns a frame as HTML does, but floats with as few digits as identify
// them, as many as 17: those to be copied and computed with.
func ExactHTML(frame dataframe.DataFrame) string { return frameHTML(frame, number.Exact) }

func frameHTML(frame dataframe.DataFrame, float func(float64) string) string {
	if frame.Err != nil {
		return `<p class="error">` + html.EscapeString(frame.Err.Error()) + "</p>\n"
	}
	var cells [][]string
	rows, columns := frame.Dims()
	types := frame.Types()
	for row := range rows {
		line := make([]string, columns)
		for column := range columns {
			element := frame.Elem(row, column)
			if line[column] = element.String(); types[column] == series.Float {
				line[column] = float(element.Float())
			}
		}
		cells = append(cells, line)
	}
	var layout []tableColumn
	for i, name := range frame.Names() {
		if types[i] == series.Float || types[i] == series.Int {
			layout = append(layout, numberColumn(name))
		} else {
			layout = append(layout, textColumn(name))
		}
	}
	return htmlTable("frame", layout, cells)
}

// A tableColumn is one of an HTML table. Alignment and space are said in each cell and not by a
// style sheet: notebook viewers strip those.
type tableColumn struct{ header, attributes string }

func textColumn(header string) tableColumn {
	return tableColumn{header, ` style="text-align:left;padding:0.2em 0.4em"`}
}

func numberColumn(header string) tableColumn {
	return tableColumn{header, ` class="number" style="text-align:right;padding:0.2em 0.4em;white-space:nowrap"`}
}

func htmlTable(class string, columns []tableColumn, rows [][]string) string {
	var text strings.Builder
	text.WriteString(`<table class="` + class + `">` + "\n<thead>\n<tr>")
	for _, c := range columns {
		text.WriteString("<th" + c.attributes + ` scope="col">` + html.EscapeString(c.header) + "</th>")
	}
	text.WriteString("</tr>\n</thead>\n<tbody>\n")
	for _, row := range rows {
		text.WriteString("<tr>")
		for i, cell := range row {
			text.WriteString("<td" + columns[i].attributes + ">" + html.EscapeString(cell) + "</td>")
		}
		text.WriteString("</tr>\n")
	}
	text.WriteString("</tbody>\n</table>\n")
	return text.String()
}
