package book

import (
	"fmt"
	"net/url"
	"path"
	"strings"
)

// rewriteLink turns a link of a notebook into a link of the book: another
// notebook becomes its page, fragments become anchor names, full addresses
// stay. A link to anything else would be dead in the book and is an error.
func rewriteLink(link string, slugs map[string]bool) (string, error) {
	parsed, err := url.Parse(link)
	if err != nil {
		return "", fmt.Errorf("link %q: %w", link, err)
	}
	switch parsed.Scheme {
	case "http", "https", "mailto":
		return link, nil
	case "":
	default:
		return "", fmt.Errorf("link %q: scheme %q is not http, https or mailto", link, parsed.Scheme)
	}
	target := ""
	if parsed.Path != "" {
		slug, isNotebook := strings.CutSuffix(path.Base(parsed.Path), ".ipynb")
		if !isNotebook || !slugs[slug] {
			return "", fmt.Errorf("link %q leads to no chapter of the book; give a notebook of it or a full address", link)
		}
		target = slug + ".html"
	}
	if parsed.Fragment != "" {
		target += "#" + (&url.URL{Fragment: anchorName(parsed.Fragment)}).EscapedFragment()
	}
	return target, nil
}
