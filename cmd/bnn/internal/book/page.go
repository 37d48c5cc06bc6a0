package book

import (
	"bytes"
	"embed"
	"html/template"
)

//go:embed assets
var assets embed.FS

// mathFont is the file name of the font formulas are set in. Without a math
// font a browser can neither stretch brackets nor place accents, and many
// systems have none.
const mathFont = "latin-modern-math.woff2"

var templates = template.Must(template.ParseFS(assets, "assets/*.html"))

// A link leads to another page of the book.
type link struct {
	Slug      string
	TitleHTML template.HTML
	Number    int
	Current   bool
}

// pageData is what page.html shows.
type pageData struct {
	Book     string
	Style    template.CSS
	Chapter  renderedChapter
	Contents []link
	Previous *link
	Next     *link
}

// coverData is what cover.html shows.
type coverData struct {
	Book     string
	Style    template.CSS
	Chapters []renderedChapter
}

const bookTitle = "The balanced network laboratory"

func style() (template.CSS, error) {
	source, err := assets.ReadFile("assets/style.css")
	return template.CSS(source), err
}

// renderPage sets the chapter at index into its page.
func renderPage(chapters []renderedChapter, index int) ([]byte, error) {
	css, err := style()
	if err != nil {
		return nil, err
	}
	data := pageData{Book: bookTitle, Style: css, Chapter: chapters[index]}
	for i, chapter := range chapters {
		data.Contents = append(data.Contents, link{
			Slug: chapter.Slug, TitleHTML: chapter.TitleHTML, Number: i + 1, Current: i == index,
		})
	}
	if index > 0 {
		data.Previous = &data.Contents[index-1]
	}
	if index+1 < len(chapters) {
		data.Next = &data.Contents[index+1]
	}
	return execute("page.html", data)
}

// renderCover sets the index page.
func renderCover(chapters []renderedChapter) ([]byte, error) {
	css, err := style()
	if err != nil {
		return nil, err
	}
	return execute("cover.html", coverData{Book: bookTitle, Style: css, Chapters: chapters})
}

func execute(name string, data any) ([]byte, error) {
	var out bytes.Buffer
	err := templates.ExecuteTemplate(&out, name, data)
	return out.Bytes(), err
}
