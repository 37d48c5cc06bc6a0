package provenance

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
)

// ErrNone is the error for a file that does not say how it was made.
var ErrNone = errors.New("does not say how it was made: only CSV, Parquet, NPZ, SVG and PNG files do that bnn or a notebook has written")

// Read returns the record that a file carries. The error is ErrNone where there is none, and
// another one where the file cannot be read. Of a file of any size only little is read.
func Read(path string) (*Record, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // told before it is opened, since that waits for a pipe's other end
		return nil, fmt.Errorf("%s is no file", path)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	record, err := read(file, info.Size())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return record, nil
}

// read tells files apart by how they begin.
func read(file io.ReaderAt, size int64) (*Record, error) {
	start := make([]byte, min(size, 256))
	if _, err := file.ReadAt(start, 0); err != nil && err != io.EOF {
		return nil, err
	}
	content := io.NewSectionReader(file, 0, size)
	begin := bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\uFEFF")), " \t\r\n")
	switch {
	case bytes.HasPrefix(start, []byte(pngStart)):
		return readPNG(content)
	case bytes.HasPrefix(start, []byte(parquetMagic)):
		return readParquet(file, size)
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		return readNPZ(file, size)
	case bytes.HasPrefix(begin, []byte(csvPrefix)):
		return readCSV(content)
	case bytes.HasPrefix(begin, []byte("<")):
		return readSVG(content)
	}
	return nil, ErrNone
}

func readCSV(content io.Reader) (*Record, error) {
	line, err := bufio.NewReader(io.LimitReader(content, maxRecord)).ReadBytes('\n')
	if err != nil && err != io.EOF {
		return nil, err
	}
	_, text, _ := bytes.Cut(line, []byte(csvPrefix))
	return decode(text)
}

// readSVG looks into the beginning, where Add puts the record. What is not well-formed there
// cannot be read.
func readSVG(content io.Reader) (*Record, error) {
	decoder := xml.NewDecoder(io.LimitReader(content, 2*maxRecord))
	for depth := 0; ; {
		token, err := decoder.RawToken()
		if err == io.EOF {
			return nil, ErrNone
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.EndElement:
			depth--
		case xml.StartElement:
			if depth == 0 && token.Name.Local != "svg" {
				return nil, ErrNone
			}
			if depth == 1 && token.Name.Local == "metadata" && attribute(token, "id") == Key {
				return readElement(decoder)
			}
			if depth == 1 && token.Name.Local == "g" {
				return nil, ErrNone // the drawing
			}
			depth++
		}
	}
}

// readElement reads a record up to the end of its element.
func readElement(decoder *xml.Decoder) (*Record, error) {
	var text []byte
	for {
		token, err := decoder.RawToken()
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.CharData:
			text = append(text, token...)
		case xml.EndElement:
			return decode(text)
		default:
			return nil, errors.New("the record holds more than text")
		}
	}
}

func attribute(element xml.StartElement, name string) string {
	for _, attribute := range element.Attr {
		if attribute.Name.Local == name {
			return attribute.Value
		}
	}
	return ""
}

// readPNG looks at the chunks before the image data.
func readPNG(content *io.SectionReader) (*Record, error) {
	at := int64(len(pngStart))
	for {
		var head struct {
			Length uint32
			Kind   [4]byte
		}
		if err := binary.Read(io.NewSectionReader(content, at, 8), binary.BigEndian, &head); err != nil {
			return nil, fmt.Errorf("PNG: %w", err)
		}
		switch string(head.Kind[:]) {
		case "IDAT", "IEND":
			return nil, ErrNone
		case textChunk:
			if head.Length <= maxRecord {
				record, err := readChunk(content, at+4, int(head.Length))
				if record != nil || err != nil {
					return record, err
				}
			}
		}
		at += 8 + int64(head.Length) + 4
	}
}

// readChunk reads the record from a chunk of text, its type, data and checksum; nil if it is
// another text.
func readChunk(content io.ReaderAt, at int64, length int) (*Record, error) {
	data := make([]byte, 4+length+4)
	if _, err := content.ReadAt(data, at); err != nil {
		return nil, fmt.Errorf("PNG: %w", err)
	}
	text, ours := bytes.CutPrefix(data[4:4+length], []byte(Key+"\x00\x00\x00\x00\x00"))
	if !ours {
		return nil, nil
	}
	if crc32.ChecksumIEEE(data[:4+length]) != binary.BigEndian.Uint32(data[4+length:]) {
		return nil, errors.New("PNG: the checksum of the record is wrong")
	}
	return decode(text)
}
