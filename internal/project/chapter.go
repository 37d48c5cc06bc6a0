package project

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// A Chapter is a notebook of the project whose results are gathered.
type Chapter struct {
	Name  string // of its file, without .ipynb, and of its folder in out
	Title string // in Markdown
	Ran   bool   // its results are those in its folder, and not the committed ones
}

var chapterForm = regexp.MustCompile(`^[0-9]{2}(-[a-z0-9]+)+$`)

// ChapterForm says in words what IsChapter tells.
const ChapterForm = "two digits, then words of lower-case letters and digits, each after a hyphen"

// IsChapter tells whether a notebook of this name, without .ipynb, is a chapter. Others
// may stand beside the chapters; nothing is gathered from them.
func IsChapter(name string) bool { return chapterForm.MatchString(name) }

// parts are those of the book, by the first digit of their chapters' names.
var parts = map[byte]string{
	'1': "Part I. The theorem",
	'2': "Part II. Conditions, and how they fail",
	'3': "Part III. What is finite",
	'4': "Part IV. Other networks",
	'5': "Part V. Classics",
	'9': "Appendix",
}

// PartOf is the title of the part of the book that a chapter belongs to, "" for none: its first
// digit tells, and the second its place there.
func PartOf(name string) string {
	if !IsChapter(name) {
		return ""
	}
	return parts[name[0]]
}

// NameOf is the name of a notebook: that of its file without .ipynb.
func NameOf(path string) string { return strings.TrimSuffix(filepath.Base(path), extension) }

// extension ends the names of notebooks.
const extension = ".ipynb"

// Forget removes what earlier runs left of the chapters of these names, so that it does
// not pass for what the next run leaves. The folder is that of OutFolder.
func Forget(folder string, names []string) error {
	for _, name := range names {
		if !IsChapter(name) {
			return fmt.Errorf("%q is not the name of a chapter: must be %s, as 01-a-claim", name, ChapterForm)
		}
		if err := os.RemoveAll(filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	return nil
}
