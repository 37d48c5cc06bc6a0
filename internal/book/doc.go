// Package book turns executed Jupyter notebooks into a static book: one page
// a notebook, a cover with a card a chapter and a table of all verdicts, and
// pages of other kinds. It works from files as from a server and asks nobody
// else for anything. Formulas are MathML, figures are part of the page, code
// is folded away. A page is read without its programs, too: these are the
// search, and whatever an extra page brings along.
//
// [Write] is the whole interface. Inside, one file holds one concept:
//
//   - book.go is what a book consists of, extra.go a page that is no notebook;
//     package folder writes the files and removes those of the book before;
//   - formula_find.go finds formulas in markdown, formula_place.go keeps them away
//     from its parser and puts them back, formula.go and formula_temml.go turn TeX
//     into MathML, formula_tidy.go and formula_spacing.go make that fit for the
//     page, and formula_text.go makes a line of text of it;
//   - formula_line.go keeps a formula on one line with the punctuation around it;
//   - markdown.go and code.go render the sources of cells, output.go, figure.go
//     and terminal.go their outputs, chapter.go puts cells together;
//   - allowed.go lists what a page may consist of, for those who clean as for
//     those who check (vocabulary.go): sanitise.go holds HTML to it, style.go CSS, drawing.go
//     and image.go SVG and other images; policy.go asks the browser to do so;
//   - cleaner.go and links.go arrange what is left, and make links the book's;
//   - page.go and cover.go fill the templates in assets, with picture.go for
//     the cards and verdict_row.go for the places that verdicts link to;
//     print.go puts all chapters on one page,
//     search.go makes the indices that assets/search-box.js looks things up in;
//     check.go and check_loads.go examine the result.
//
// The font assets/latin-modern-math.woff2 is Latin Modern Math 1.959 (GUST
// Font License, beside it), the file latinmodern-math.otf of Debian's
// fonts-lmodern passed through woff2_compress. Browsers without a math font of
// their own can neither stretch brackets nor place accents.
//
// # What a notebook's author should know
//
// Markdown is GitHub's, with footnotes and typographic quotes and dashes. The
// first heading is the chapter's title, the first paragraph after it the claim
// on its card, the first figure the picture there; sections begin with ## and ###. Links to another notebook
// (02-x.ipynb#Some-heading) become links to its page; any other relative link
// is an error, as it would be dead.
//
// What Jupyter shows as a formula is one: what stands between $…$, $$…$$,
// \\(…\\) or \\[…\\], with or without spaces inside, and an environment
// from \begin to \end. So two prices in a paragraph make a formula: write \$ for
// a dollar sign. Lines are not numbered. A formula that cannot be set is an error,
// never left out; the message names the cell and quotes it.
//
// Raw HTML is limited to what authors lay out text with (allowed.go): any other
// element is an error, as something would be missing; attributes, classes and
// declarations of CSS outside the lists only change looks and are dropped, be
// it silently. Outputs of type text/html obey the same rules. Images in
// markdown must be attachments or data URIs.
//
// Of an output's representations the richest is shown: SVG, then PNG and other
// images, HTML, markdown, plain text. A drawing is cleaned and embedded as an
// image: nothing in it runs, its styles stay its own, it can be no link, and what
// moves is an error. The text alternative of a figure
// is "alt" in the output's metadata (of the output or under its MIME type),
// else the aria-label or <title> of an SVG, else the figure's number.
//
// The rows of tables of class verdicts are what the cover's table leads to.
//
// Code is folded under the comment it begins with, or else its first line.
// Cell tags are those of Jupyter Book: remove-cell, remove-input and
// remove-output leave parts out; hide-input is what happens anyway. Raw cells
// are left out.
package book
