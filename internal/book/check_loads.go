package book

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// checkLink tells whether a link a reader may follow leads somewhere.
func (c checker) checkLink(target, page string) error {
	if !isLink(target) {
		return fmt.Errorf("link %q is not allowed in the book", target)
	}
	if isWebAddress(target) || strings.HasPrefix(target, "mailto:") {
		return nil
	}
	parsed, err := url.Parse(target)
	if err != nil {
		return fmt.Errorf("link %q: %w", target, err)
	}
	if parsed.Path != "" {
		page = parsed.Path
	}
	anchors, ok := c.anchorsOf[page]
	if !ok {
		return fmt.Errorf("link %q: there is no page %q", target, page)
	}
	if parsed.Fragment != "" && !anchors[parsed.Fragment] {
		return fmt.Errorf("link %q: page %s has no anchor %q", target, page, parsed.Fragment)
	}
	return nil
}

// checkImage tells whether an image is a file of the book or part of the page, and clean.
func (c checker) checkImage(source string) error {
	if _, ours := c.anchorsOf[source]; ours {
		return nil
	}
	clean, err := cleanImage(source, imageTypes)
	switch {
	case !strings.HasPrefix(source, "data:"):
		return fmt.Errorf("image %q is outside the page", source)
	case err == nil && clean != source:
		return errors.New("image that is not clean")
	}
	return err
}

// checkPicture is checkImage for a drawing in a file of its own.
func checkPicture(file File) error {
	if path.Ext(file.Name) != ".svg" {
		return nil
	}
	clean, _, err := cleanDrawing(string(file.Content))
	if err == nil && clean != string(file.Content) {
		err = errors.New("the drawing is not clean")
	}
	if err != nil {
		return fmt.Errorf("file %s: %w", file.Name, err)
	}
	return nil
}

// checkSheet tells whether a style sheet of the book fetches anything but files of the book.
func (c checker) checkSheet(sheet string) error {
	for lexer := css.NewLexer(parse.NewInputString(sheet)); ; {
		kind, raw := lexer.Next()
		text := strings.ToLower(string(raw))
		switch kind {
		case css.ErrorToken:
			return nil
		case css.AtKeywordToken:
			if text == "@import" {
				return errors.New("style with @import")
			}
		case css.FunctionToken:
			if slices.Contains([]string{"image-set(", "-webkit-image-set(", "src(", "image(", "cross-fade("}, text) {
				return fmt.Errorf("style with %s)", text)
			}
		case css.URLToken, css.BadURLToken:
			address := strings.Trim(strings.TrimSuffix(strings.TrimPrefix(text, "url("), ")"), ` "'`)
			if _, ours := c.anchorsOf[address]; !ours {
				return fmt.Errorf("style fetches %q", address)
			}
		}
		if strings.Contains(text, `\`) && kind != css.StringToken {
			return fmt.Errorf("style with an escape: %.40s", text)
		}
	}
}
