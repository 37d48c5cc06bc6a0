// Package book turns executed Jupyter notebooks into a static book: one page
// a notebook and a cover. A page needs no program and no network; formulas
// are MathML, figures are part of the page, code is folded away.
//
// [Write] is the whole interface. Inside, one file holds one concept:
//
//   - delimiter.go finds formulas in text, markdown_formula.go makes that part
//     of the markdown parser, formula*.go turn TeX into MathML;
//   - markdown.go and code.go render the sources of cells, output.go, figure.go
//     and terminal.go their outputs, chapter.go puts cells together;
//   - cleaner.go and links.go make an author's HTML and links fit for the book;
//   - page.go fills the templates in assets, check.go examines the result.
//
// The font assets/latin-modern-math.woff2 is Latin Modern Math 1.959 (GUST
// Font License, beside it), the file latinmodern-math.otf of Debian's
// fonts-lmodern passed through woff2_compress. Browsers without a math font of
// their own can neither stretch brackets nor place accents.
//
// # What a notebook's author should know
//
// Markdown is GitHub's, with footnotes and typographic quotes and dashes. The
// first heading is the chapter's title, the first paragraph after it the text
// on the cover; sections begin with ## and ###. Links to another notebook
// (02-x.ipynb#Some-heading) become links to its page; any other relative link
// is an error, as it would be dead.
//
// Formulas stand between $…$, $$…$$, \\(…\\) or \\[…\\]. A dollar sign is
// written \$ where it could begin one. A formula that cannot be rendered is
// an error, never left out; the message says what to write instead.
//
// Raw HTML is limited to what authors lay out text with (see allowedElements);
// an element that runs, loads or restyles anything is an error, an attribute
// outside the list is dropped. Outputs of type text/html obey the same rules.
// Images in markdown must be attachments or data URIs.
//
// Of an output's representations the richest is shown: SVG, then PNG and other
// images, HTML, markdown, plain text. An SVG with a style sheet is embedded as
// an image, so that its styles stay its own. The text alternative of a figure
// is "alt" in the output's metadata (of the output or under its MIME type),
// else the aria-label or <title> of an SVG, else the figure's number.
//
// Code is folded under the comment it begins with, or else its first line.
// Cell tags are those of Jupyter Book: remove-cell, remove-input and
// remove-output leave parts out; hide-input is what happens anyway. Raw cells
// are left out.
package book
