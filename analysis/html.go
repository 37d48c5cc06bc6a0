package analysis

import (
	"html"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// HTML returns a frame as an HTML table of class frame, for a notebook. Numbers are
// aligned to the right, in cells of class number; floats are shown with 6 significant
// digits, which is what a reader takes in (WriteCSV keeps all of them). Texts are
// escaped. Of a frame with an error the text of the error is shown.
func HTML(frame dataframe.DataFrame) string {
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
				line[column] = short(element.Float(), 6)
			}
		}
		cells = append(cells, line)
	}
	numeric := make([]bool, columns)
	for column, kind := range types {
		numeric[column] = kind == series.Float || kind == series.Int
	}
	return htmlTable("frame", frame.Names(), numeric, cells)
}

// htmlTable writes a table. Alignment is said in each cell and not by a style sheet:
// notebook viewers strip those.
func htmlTable(class string, header []string, numeric []bool, rows [][]string) string {
	var text strings.Builder
	line := func(tag string, cells []string) {
		text.WriteString("<tr>")
		for column, cell := range cells {
			attributes := ` style="text-align:left"`
			if numeric[column] {
				attributes = ` class="number" style="text-align:right"`
			}
			if tag == "th" {
				attributes += ` scope="col"`
			}
			text.WriteString("<" + tag + attributes + ">" + html.EscapeString(cell) + "</" + tag + ">")
		}
		text.WriteString("</tr>\n")
	}
	text.WriteString(`<table class="` + class + `">` + "\n<thead>\n")
	line("th", header)
	text.WriteString("</thead>\n<tbody>\n")
	for _, row := range rows {
		line("td", row)
	}
	text.WriteString("</tbody>\n</table>\n")
	return text.String()
}
