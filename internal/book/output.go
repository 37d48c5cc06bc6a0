package book

import (
	"cmp"
	"errors"
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"

	"balanced/internal/jupyter/nbformat"
)

// representations orders the forms an output can have, richest first.
var representations = append(slices.Clone(imageTypes), "text/html", "text/markdown", "text/plain")

// renderOutputs renders what a code cell wrote, in order.
func (b *chapterBuilder) renderOutputs(outputs []nbformat.Output) (string, error) {
	var out strings.Builder
	for i, output := range mergeStreams(outputs) {
		rendered, err := b.renderOutput(output)
		if err != nil {
			return "", fmt.Errorf("output %d: %w", i+1, err)
		}
		out.WriteString(rendered)
	}
	return out.String(), nil
}

// mergeStreams joins pieces of one stream that follow one another; a kernel
// cuts them wherever its buffer happened to end.
func mergeStreams(outputs []nbformat.Output) []nbformat.Output {
	var merged []nbformat.Output
	for _, output := range outputs {
		last := len(merged) - 1
		if last >= 0 && output.Kind == nbformat.Stream && merged[last].Kind == nbformat.Stream && merged[last].Name == output.Name {
			merged[last].Text += output.Text
			continue
		}
		merged = append(merged, output)
	}
	return merged
}

func (b *chapterBuilder) renderOutput(output nbformat.Output) (string, error) {
	switch output.Kind {
	case nbformat.Stream:
		class := "stream"
		if output.Name == "stderr" {
			class = "stream stderr"
		}
		return preformatted(class, output.Text), nil
	case nbformat.Error:
		text := strings.Join(output.Traceback, "\n")
		if text == "" {
			text = output.ErrorName + ": " + output.ErrorValue
		}
		return preformatted("stream error", text), nil
	case nbformat.DisplayData, nbformat.ExecuteResult:
		return b.renderBundle(output)
	}
	return "", fmt.Errorf("kind %q is not one of nbformat's stream, display_data, execute_result and error", output.Kind)
}

func (b *chapterBuilder) renderBundle(output nbformat.Output) (string, error) {
	for _, mime := range representations {
		data, ok := output.Data[mime]
		if !ok {
			continue
		}
		text, ok := data.(string)
		if !ok {
			return "", fmt.Errorf("%s: data is a %T, not text", mime, data)
		}
		switch mime {
		case "image/svg+xml":
			return b.renderSVG(text, alternativeText(output, mime))
		case "text/html":
			return b.renderHTML(text)
		case "text/markdown":
			return b.renderMarkdownOutput(text)
		case "text/plain":
			return preformatted("stream", text), nil
		default:
			return b.renderImage(mime, text, alternativeText(output, mime))
		}
	}
	types := slices.Sorted(maps.Keys(output.Data))
	return "", fmt.Errorf("has only %q, none of %s", types, strings.Join(representations, ", "))
}

// alternativeText is the description in the output's metadata, under "alt" of
// the output or of the representation.
func alternativeText(output nbformat.Output, mime string) string {
	if ofType, ok := output.Metadata[mime].(map[string]any); ok {
		if alt, ok := ofType["alt"].(string); ok {
			return alt
		}
	}
	alt, _ := output.Metadata["alt"].(string)
	return alt
}

// renderSVG shows a drawing as an image, a world of its own: nothing in it runs, and its
// styles and ids stay there.
func (b *chapterBuilder) renderSVG(source, alt string) (string, error) {
	drawing, description, err := cleanDrawing(source)
	if err != nil {
		return "", err
	}
	return b.figure(drawingURI(drawing), cmp.Or(alt, description)), nil
}

func (b *chapterBuilder) renderImage(mime, encoded, alt string) (string, error) {
	if err := checkImage(mime, encoded); err != nil {
		return "", err
	}
	return b.figure(imageURI(mime, encoded), alt), nil
}

// figure shows an image with its text alternative, its number if that is empty.
func (b *chapterBuilder) figure(uri, alt string) string {
	name, class := b.figures.add(uri), "figure"
	if followsLight(uri) {
		class += " follows"
	}
	return fmt.Sprintf("<figure class=\"%s\"><div class=\"drawing\"><img src=\"%s\" alt=\"%s\"></div></figure>\n", class, uri, html.EscapeString(cmp.Or(alt, name)))
}

func (b *chapterBuilder) renderHTML(source string) (string, error) {
	nodes, err := parseFragment(source)
	if err != nil {
		return "", err
	}
	cleaner := cleaner{slugs: b.slugs, figures: &b.figures}
	if err := cleaner.clean(nodes); err != nil {
		return "", err
	}
	b.nameVerdicts(nodes)
	rendered, err := renderNodes(nodes...)
	return `<div class="rich">` + rendered + "</div>\n", err
}

func (b *chapterBuilder) renderMarkdownOutput(source string) (string, error) {
	b.markdownParts++
	rendered, err := renderMarkdown(source, b.anchors, fmt.Sprintf("part-%d", b.markdownParts))
	if err != nil {
		return "", err
	}
	return b.renderHTML(rendered)
}

// preformatted boxes a program's text; long lines scroll inside the box.
func preformatted(class, text string) string {
	text = strings.TrimRight(plainText(text), "\n")
	if text == "" {
		return ""
	}
	return fmt.Sprintf("<pre class=\"%s\" tabindex=\"0\">%s</pre>\n", class, html.EscapeString(text))
}

// errNoHeading is what a notebook without a title is answered with.
var errNoHeading = errors.New("no heading in any markdown cell; begin the first one with \"# Title\"")
