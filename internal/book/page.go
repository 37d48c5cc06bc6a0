package book

import (
	"bytes"
	"embed"
	"html/template"
	"slices"
)

//go:embed assets
var assets embed.FS

// mathFont is the file name of the font formulas are set in. Without a math
// font a browser can neither stretch brackets nor place accents, and many
// systems have none.
const mathFont = "latin-modern-math.woff2"

// program is what every page runs: the search box, and keyboard access to what scrolls.
var program = template.JS(slices.Concat(must(assets.ReadFile("assets/search-box.js")), must(assets.ReadFile("assets/scrolling.js"))))

var bookStyle = template.CSS(must(assets.ReadFile("assets/style.css")))

var templates = template.Must(template.ParseFS(assets, "assets/*.html"))

const bookTitle = "The balanced network laboratory"

// must is for files that are part of the program.
func must(content []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return content
}

// A page is a chapter or an extra page ready for the templates.
type page struct {
	Slug      string
	Title     string        // plain, for <title>
	TitleHTML template.HTML // with formulas and code
	Extra     bool          // no notebook
	Number    int           // of the chapter, from 1; 0 for an extra page
	Part      string        // of the book, empty for none
	Abstract  template.HTML // what the card says: the first paragraph
	Sections  []section
	Body      template.HTML
	Follows   bool         // the picture is dark on dark screens
	Picture   template.URL // of the card: a data URI or the name of a file, or empty
	Verdicts  []verdict
	Style     template.CSS // beyond that of the book
	Script    template.JS
	// WebAssembly is as that of an Extra.
	WebAssembly bool
	Files       []File

	search []searchSection
}

// A section is an entry of a page's contents list.
type section struct {
	Anchor string
	Title  template.HTML
	Level  int // 2 or 3
}

// A link leads to another page of the book.
type link struct {
	Slug      string
	TitleHTML template.HTML
	Extra     bool
	Number    int    // as that of a page
	Begins    string // the part that begins with it, empty for none
	Current   bool
}

// pageData is what page.html shows.
type pageData struct {
	Book     string
	Style    template.CSS
	Program  template.JS
	Policy   template.HTMLAttr
	Page     page
	Contents []link
	Previous *link
	Next     *link
}

// renderPage sets the page at index into its frame.
func renderPage(pages []page, index int) ([]byte, error) {
	data := pageData{Book: bookTitle, Style: bookStyle, Program: program, Page: pages[index]}
	before := ""
	for i, p := range pages {
		to := link{Slug: p.Slug, TitleHTML: p.TitleHTML, Extra: p.Extra, Number: p.Number, Current: i == index}
		if p.Part != before {
			to.Begins, before = p.Part, p.Part
		}
		data.Contents = append(data.Contents, to)
	}
	if index > 0 {
		data.Previous = &data.Contents[index-1]
	}
	if index+1 < len(pages) {
		data.Next = &data.Contents[index+1]
	}
	return withPolicy(data.Page, func(policy template.HTMLAttr) ([]byte, error) {
		data.Policy = policy
		return execute("page.html", data)
	})
}

func execute(name string, data any) ([]byte, error) {
	var out bytes.Buffer
	err := templates.ExecuteTemplate(&out, name, data)
	return out.Bytes(), err
}
