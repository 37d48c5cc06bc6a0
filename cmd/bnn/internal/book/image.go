package book

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// imageTypes are the images a page can hold, the preferred one first.
var imageTypes = []string{"image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"}

// imageURI makes an image part of the page. The encoded data is base64, with
// the line breaks nbformat allows in it.
func imageURI(mime, encoded string) string {
	return "data:" + mime + ";base64," + strings.Join(strings.Fields(encoded), "")
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
