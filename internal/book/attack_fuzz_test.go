package book

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"balanced/internal/browser"
)

// sanitised is what is left of an output of HTML or, if it is one, of a drawing.
func sanitised(source string, drawing bool) (string, error) {
	if drawing {
		clean, _, err := cleanDrawing(source)
		return clean, err
	}
	nodes, err := parseFragment(source)
	if err != nil {
		return "", err
	}
	if err := sanitise(nodes); err != nil {
		return "", err
	}
	return renderNodes(nodes...)
}

// addSeeds gives a fuzzer all attacks, and what is hard to parse.
func addSeeds(f *testing.F) {
	for _, attack := range attacks {
		f.Add(attackWords.Replace(attack.source), attack.mime == "image/svg+xml")
	}
	for _, seed := range []string{
		"<table><table>", "<svg><a href='#x'>", "<p><math><mtext><img>", "<svg><p>", "<a href='%zz'>", "<pre>\n\nx", "<svg><title><p>x",
		"<a><table><a>", "<b><p><i></b>x", "<math><mi><table><mglyph>", "<select><math>", "<svg width=1pt height=2 viewbox=x>", "\x00<\x01\xff>",
		"<svg><style>a{b:c}}<", "<p style='color:red;;width:1e9px;font:\"x\" 1px/2'>", "<img src='data:image/svg+xml;base64,PHN2Zy8+'>", plot,
		"<svg xml:space=preserve><text xml:space=preserve>", "<svg><svg width='1' height='1'/></svg><svg/>", "<td>x<tr><caption>", "<svg width=0px height=0px viewbox=!0>",
	} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
}

// Whatever an output is, what is left of it is left again when it is cleaned again, and
// stands in a page that passes the check of a finished book.
func FuzzCleaner(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, source string, drawing bool) {
		clean, err := sanitised(source, drawing)
		if err != nil {
			return
		}
		if again, err := sanitised(clean, drawing); err != nil || again != clean {
			t.Fatalf("%q became %q, and that %q, %v", source, clean, again, err)
		}
		mime := "text/html"
		if drawing {
			mime = "image/svg+xml"
		}
		b := chapterBuilder{anchors: newAnchors(), slugs: map[string]bool{"02-two": true}}
		shown, err := b.renderOutputs(attacked(mime, source).Cells[1].Outputs)
		if err != nil {
			return // a link that leads nowhere, say
		}
		err = checked(t, shown, File{Name: "02-two.html", Content: nil})
		if err != nil && !strings.Contains(err.Error(), "anchor") && !strings.Contains(err.Error(), "twice") && !strings.Contains(err.Error(), "page 02-two") {
			t.Fatalf("%q became %q: %v", source, shown, err)
		}
	})
}

// allowedInPage gives, of a page, what Chromium sees in it that is in no vocabulary.
const allowedInPage = `(source, allowed) => {
	const frame = document.createElement("iframe");
	frame.srcdoc = "<!DOCTYPE html><body>" + source;
	return new Promise((done) => {
		frame.onload = async () => {
			const page = frame.contentDocument, found = [];
			const languages = {"http://www.w3.org/1999/xhtml": "", "http://www.w3.org/1998/Math/MathML": "math", "http://www.w3.org/2000/svg": "svg"};
			for (const element of page.querySelectorAll("body, body *")) {
				const language = languages[element.namespaceURI], name = element.localName;
				if (element === page.body ? element.attributes.length > 0 : !allowed[language]?.[name]) found.push("<" + name + ">");
				else for (const { name: key, value } of element.attributes) {
					if (!allowed[language][name].includes(key)) found.push(key);
					if (key === "href" && !/^(https?|mailto|about):/.test(new URL(value, "about:blank").protocol) && !/^[a-z0-9.-]*(#|$)/.test(value)) found.push(value);
				}
			}
			await new Promise((next) => setTimeout(next, 10));
			if (frame.contentWindow.ran) found.push("a program has run");
			frame.remove();
			done(found);
		};
		document.body.append(frame);
	});
}`

// ofTheFuzzer lets a tab live through all inputs: what belongs to a fuzzer may not be called
// from its target.
type ofTheFuzzer struct{ testing.TB }

func (ofTheFuzzer) Helper()                {}
func (ofTheFuzzer) Fatal(arguments ...any) { panic(fmt.Sprint(arguments...)) }

// The oracle of this one is Chromium itself: it parses what is left, without a policy, and
// sees nothing but what is allowed; nothing runs, and nothing is asked for.
func FuzzPage(f *testing.F) {
	addSeeds(f)
	allowed, err := json.Marshal(content.attributes)
	if err != nil {
		f.Fatal(err)
	}
	started := newField(ofTheFuzzer{f})
	f.Fuzz(func(t *testing.T, source string, drawing bool) {
		clean, err := sanitised(source, drawing)
		if err != nil {
			return
		}
		if drawing {
			clean = `<img src="` + drawingURI(clean) + `" alt="x">`
		}
		text, err := json.Marshal(clean)
		if err != nil {
			t.Fatal(err)
		}
		before := len(started.tab.Requests())
		if found := browser.Eval[[]string](started.tab, fmt.Sprintf("(%s)(%s, %s)", allowedInPage, text, allowed)); len(found) > 0 {
			t.Fatalf("%q became %q, in which Chromium finds %q", source, clean, found)
		}
		for _, request := range started.tab.Requests()[before:] {
			if request.URL != "about:srcdoc" {
				t.Fatalf("%q became %q, which asks for %s", source, clean, request.URL)
			}
		}
	})
}

// Of any CSS nothing is left that is escaped, loads, or is read otherwise the second time.
func FuzzStyle(f *testing.F) {
	for _, seed := range []string{"color:red", `\75 rl(x)`, "a:b;c:(;);d:'", "margin:-1em", "fill:url( '#a' )", "position/**/:fixed", "font:1px/2 \"x\"", "color:U+26;width:1e3",
		"@media screen and (prefers-color-scheme: dark){a{fill:red}@import 'x';.b{c:d}} @media screen and(prefers-color-scheme:dark){{a{fill:red}}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, style string) {
		for _, list := range []propertyList{{names: textProperties}, {names: textProperties, kerning: true}, {names: drawingProperties, references: drawingReferences}} {
			clean := cleanStyle(style, list)
			if again := cleanStyle(clean, list); again != clean {
				t.Fatalf("%q became %q, and that %q", style, clean, again)
			}
			if strings.ContainsAny(clean, "\\{}@<>!*&\x00") || len(list.references) == 0 && strings.Contains(clean, "url") {
				t.Fatalf("%q became %q", style, clean)
			}
		}
		if sheet := cleanSheet(style); cleanSheet(sheet) != sheet {
			t.Fatalf("the sheet %q became %q, and that %q", style, sheet, cleanSheet(sheet))
		}
	})
}
