package show

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/go-gota/gota/dataframe"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"balanced/analysis"
	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/internal/files"
	"balanced/internal/project"
	"balanced/internal/provenance"
)

// A Chapter is a notebook of the project. It shows things as the functions of this
// package do and keeps them as files in out/NAME of the project, or out/quick/NAME in a
// quick run, from where bnn run gathers the verdicts of all chapters. A run apart, bnn
// run -o OUT.ipynb, keeps them in OUT_files/NAME instead, and a notebook whose folder is
// not called notebooks in out/NAME of its folder.
//
// The name is that of the notebook's file, without .ipynb: two digits and one or more
// words of lower-case letters and digits, with hyphens between them. Any other name, and
// a file that cannot be written, make the methods panic. A file that is there already,
// of an earlier run of the notebook, is replaced.
type Chapter string

var nameForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Figure shows a figure and keeps it as NAME.svg. A name has lower-case letters, digits
// and hyphens between them.
func (c Chapter) Figure(name string, figure *figure.Figure) {
	c.keep(name, ".svg", bnn.Must(figure.SVG()))
	Figure(figure)
}

// Animation shows an animation and keeps it as NAME.png.
func (c Chapter) Animation(name string, animation figure.Animation) {
	drawn := bnn.Must(animation.PNG())
	c.keep(name, ".png", drawn)
	display("", map[protocol.MIMEType]any{
		protocol.MIMETextHTML:  animation.HTML(drawn),
		protocol.MIMETextPlain: animation.Frames[0].Caption + "\n" + animation.Frames[0].Alt,
	})
}

// Frame shows a data frame and keeps it as Save does.
func (c Chapter) Frame(name string, frame dataframe.DataFrame) {
	c.Save(name, frame)
	Frame(frame)
}

// Save keeps a data frame as NAME.csv, with all digits, as analysis.WriteCSV does, and
// does not show it: a table too long to be read, from which others can compute the
// verdicts again. A name is like that of a figure, which may have the same, but not
// verdicts.
func (c Chapter) Save(name string, frame dataframe.DataFrame) {
	if name == project.VerdictsName {
		panic(&bnn.InputError{Path: "name", Value: fmt.Sprintf("%q", name), Allowed: "another one, since that file is of the verdicts"})
	}
	c.keep(name, ".csv", csv(frame))
}

// Verdicts shows all verdicts of the chapter, keeps them as verdicts.csv, the columns
// those of analysis.VerdictFrame, with all their comparisons as comparisons.csv, and then
// panics if one of them does not hold; in a quick run one may be undecided. A
// chapter calls it once, in its last cell: verdicts of a second call would take the
// place of the first ones. Judge does the same for verdicts that are still to be found.
func (c Chapter) Verdicts(verdicts ...analysis.Verdict) {
	c.keepVerdicts(verdicts)
	Verdicts(verdicts...)
}

func csv(frame dataframe.DataFrame) []byte {
	var text bytes.Buffer
	bnn.Must(0, analysis.WriteCSV(&text, frame))
	return text.Bytes()
}

// keep writes a file, with the record of how it was made, into the chapter's folder.
func (c Chapter) keep(name, extension string, content []byte) {
	if !project.IsChapter(string(c)) {
		panic(&bnn.InputError{Path: "chapter", Value: fmt.Sprintf("%q", string(c)), Allowed: project.ChapterForm})
	}
	if !nameForm.MatchString(name) {
		panic(&bnn.InputError{Path: "name", Value: fmt.Sprintf("%q", name),
			Allowed: "words of lower-case letters and digits, with hyphens between them"})
	}
	content = bnn.Must(provenance.OfNotebook(string(c)).Add(name+extension, content))
	folder := c.folder()
	bnn.Must(0, os.MkdirAll(folder, 0o777))
	bnn.Must(0, files.Replace(filepath.Join(folder, name+extension), content))
}

// folder is where the chapter's files are. The cell's working folder, that of the
// notebook, is what GoNB says it is, also for code that has changed to another one.
func (c Chapter) folder() string {
	return project.ChapterFolder(os.Getenv(protocol.GONB_DIR_ENV), string(c))
}
