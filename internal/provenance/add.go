package provenance

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"

	"balanced/bnn"
)

// csvPrefix begins the line of a CSV file that holds the record.
const csvPrefix = "# " + Key + " "

// CSVLine is the first line of a CSV file that is made so.
func (r Record) CSVLine() string { return csvPrefix + r.JSON() + "\n" }

// Add puts the record into the content of a file, which its name tells to be .csv, .svg or
// .png; any other is an *InputError. Parquet and NPZ get theirs when they are written.
func (r Record) Add(name string, content []byte) ([]byte, error) {
	switch kindOf(name) {
	case ".csv":
		return append([]byte(r.CSVLine()), content...), nil
	case ".svg":
		return r.addSVG(content)
	case ".png":
		return r.addPNG(content)
	}
	return nil, &bnn.InputError{Path: "name", Value: fmt.Sprintf("%q", name), Allowed: "one that ends in .csv, .svg or .png"}
}

// addSVG puts the record behind the title of a figure, or else first.
func (r Record) addSVG(content []byte) ([]byte, error) {
	at := bytes.Index(content, []byte("<svg"))
	if at < 0 {
		return nil, errors.New("SVG: there is no element svg")
	}
	end := bytes.IndexByte(content[at:], '>')
	if end < 0 || content[at+end-1] == '/' {
		return nil, errors.New("SVG: the element svg has no content")
	}
	at += end + 1
	if title := bytes.Index(content, []byte("</title>")); title >= 0 {
		at = title + len("</title>")
	}
	var element bytes.Buffer
	element.WriteString("\n<metadata id=\"" + Key + "\">")
	if err := xml.EscapeText(&element, []byte(r.JSON())); err != nil {
		return nil, err
	}
	element.WriteString("</metadata>")
	return bytes.Join([][]byte{content[:at], element.Bytes(), content[at:]}, nil), nil
}

const pngStart = "\x89PNG\r\n\x1a\n"

// pngHeader is where the first chunk, of 13 bytes, ends.
const pngHeader = len(pngStart) + 4 + 4 + 13 + 4

// addPNG puts the record behind the header.
func (r Record) addPNG(content []byte) ([]byte, error) {
	if len(content) < pngHeader || !bytes.HasPrefix(content, []byte(pngStart)) {
		return nil, errors.New("PNG: there is no header")
	}
	// Keyword, no compression, no language, no translated keyword.
	data := []byte(textChunk + Key + "\x00\x00\x00\x00\x00" + r.JSON())
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(data)-len(textChunk)))
	chunk = append(chunk, data...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(data))
	return bytes.Join([][]byte{content[:pngHeader], chunk, content[pngHeader:]}, nil), nil
}

// textChunk is the type of a PNG chunk of text in UTF-8.
const textChunk = "iTXt"
