package book

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// imageTypes are the images a page can hold, the preferred one first.
var imageTypes = append([]string{"image/svg+xml"}, rasterTypes...)

// rasterTypes are those of imageTypes that are no drawings.
var rasterTypes = []string{"image/png", "image/jpeg", "image/gif", "image/webp"}

// imageURI makes an image part of the page. The encoded data is base64, with
// the line breaks nbformat allows in it.
func imageURI(mime, encoded string) string {
	return "data:" + mime + ";base64," + strings.Join(strings.Fields(encoded), "")
}

// cleanImage returns the address of an image that is part of the page, a data URI of one of
// the types in base64, with drawings cleaned. An address of any other kind is an error.
func cleanImage(source string, types []string) (string, error) {
	header, data, found := strings.Cut(strings.TrimSpace(source), ",")
	kind, ok := strings.CutPrefix(strings.ToLower(header), "data:")
	if !ok || !found {
		return "", fmt.Errorf("image %.60q is not in the notebook; attach it to the cell", source)
	}
	parameters := strings.Split(kind, ";")
	mime := strings.TrimSpace(parameters[0])
	if !slices.Contains(types, mime) {
		return "", fmt.Errorf("image of type %q is not one of %s", mime, strings.Join(types, ", "))
	}
	data, err := url.PathUnescape(data)
	if err != nil {
		return "", fmt.Errorf("%s: %w", mime, err)
	}
	if strings.TrimSpace(parameters[len(parameters)-1]) != "base64" {
		data = base64.StdEncoding.EncodeToString([]byte(data))
	}
	if mime != "image/svg+xml" {
		return imageURI(mime, data), checkImage(mime, data)
	}
	drawing, _, err := decodeDrawing(data)
	return drawing, err
}

// decodeDrawing returns the address of the clean form of an encoded SVG.
func decodeDrawing(encoded string) (uri, description string, err error) {
	if err := checkImage("image/svg+xml", encoded); err != nil {
		return "", "", err
	}
	source, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(encoded), ""))
	if err != nil {
		return "", "", err
	}
	drawing, description, err := cleanDrawing(string(source))
	return drawingURI(drawing), description, err
}

// followsLight tells whether an image that is part of a page has a ground of its own on dark
// screens, dark like that of the page's boxes. Other images get white paper there: their
// authors took it for granted.
func followsLight(uri string) bool {
	encoded, isDrawing := strings.CutPrefix(uri, "data:image/svg+xml;base64,")
	drawing, err := base64.StdEncoding.DecodeString(encoded)
	return isDrawing && err == nil && bytes.Contains(drawing, []byte("<style>@media screen and (prefers-color-scheme:dark){"))
}

// checkImage tells whether encoded is base64 of anything at all: a truncated
// image would show as a blank.
func checkImage(mime, encoded string) error {
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(encoded), ""))
	if err != nil {
		return fmt.Errorf("%s: %w", mime, err)
	}
	if len(data) == 0 {
		return errors.New(mime + ": is empty")
	}
	return nil
}

// decodeAttachments reads nbformat's attachments: file name, then MIME type,
// then base64 data (text of SVG).
func decodeAttachments(raw json.RawMessage) (map[string]map[string]string, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	var bundles map[string]map[string]string
	if err := json.Unmarshal(raw, &bundles); err != nil {
		return nil, err
	}
	for name, bundle := range bundles {
		for mime, data := range bundle {
			if mime == "image/svg+xml" && strings.Contains(data, "<") {
				bundle[mime] = base64.StdEncoding.EncodeToString([]byte(data))
			} else if err := checkImage(mime, data); err != nil {
				return nil, fmt.Errorf("%q: %w", name, err)
			}
		}
	}
	return bundles, nil
}

// attachmentNamed returns the image that a link such as attachment:a%20b.png names. The name
// may be percent-encoded, as markdown writes all but plain ASCII.
func attachmentNamed(attachments map[string]string, name string) (uri string, ok bool) {
	if uri, ok = attachments[name]; !ok {
		if decoded, err := url.PathUnescape(name); err == nil {
			uri, ok = attachments[decoded]
		}
	}
	return uri, ok
}
