package book

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"strings"

	"golang.org/x/net/html"
)

// A policy is what a page asks a browser to hold it to, the Content Security Policy of its
// first <meta>. Programs and style sheets are named by their hashes. Whatever slips into a
// page in spite of the cleaner then neither runs nor loads anything.
type policy struct {
	programs    []string
	styles      []string // sheets, and the values of attributes
	webAssembly bool     // with workers whose program is in the page
}

// String is the policy as Content Security Policy, level 3. Programs may load others, as
// the search does its index ('strict-dynamic'): a page opened from a file has no origin that
// could be named. Images and fonts are the book's own files, or part of the page.
func (p policy) String() string {
	programs := "script-src 'strict-dynamic'" + hashes(p.programs)
	styles := "style-src 'unsafe-hashes'" + hashes(p.styles) // makes hashes count for attributes too
	directives := []string{"default-src 'none'", programs, styles, "img-src 'self' data:", "font-src 'self'", "base-uri 'none'", "form-action 'none'"}
	if p.webAssembly {
		directives[1] += " 'wasm-unsafe-eval'"
		directives = append(directives, "worker-src blob:")
	}
	return strings.Join(directives, "; ")
}

// hashes lists the hashes of texts, each once.
func hashes(texts []string) string {
	var all strings.Builder
	seen := map[string]bool{}
	for _, text := range texts {
		if !seen[text] {
			seen[text] = true
			sum := sha256.Sum256([]byte(text))
			all.WriteString(" 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'")
		}
	}
	return all.String()
}

// policyOf is the policy of a page of the book. The values of style attributes are taken
// from its document, in which they have been cleaned.
func policyOf(p page, document *html.Node) policy {
	own := policy{programs: []string{string(program)}, styles: []string{string(bookStyle)}, webAssembly: p.WebAssembly}
	if p.Script != "" {
		own.programs = append(own.programs, string(p.Script))
	}
	if p.Style != "" {
		own.styles = append(own.styles, string(p.Style))
	}
	_ = walk(document, func(node *html.Node) error {
		if hasAttribute(node, "style") {
			own.styles = append(own.styles, attribute(node, "style"))
		}
		return nil
	})
	return own
}

// withPolicy fills a template with the data that it is given a policy for, an attribute of
// <meta>: once to see what the page holds, and once with the policy of that.
func withPolicy(p page, fill func(template.HTMLAttr) ([]byte, error)) ([]byte, error) {
	bare, err := fill("")
	if err != nil {
		return nil, err
	}
	document, err := html.Parse(bytes.NewReader(bare))
	if err != nil {
		return nil, err
	}
	return fill(template.HTMLAttr(`content="` + policyOf(p, document).String() + `"`))
}
