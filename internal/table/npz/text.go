package npz

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

var textHeader = regexp.MustCompile(`^\{'descr': '<U([0-9]{1,8})', 'fortran_order': False, 'shape': \(\), \} *\n$`)

// ReadText returns the text that Writer.Text has written under a name, of at most so many
// letters, and whether there is an array of this name. The file may be hostile.
func ReadText(file io.ReaderAt, size int64, name string, most int) (text string, found bool, err error) {
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return "", false, err
	}
	for _, member := range archive.File {
		if member.Name != name+extension {
			continue
		}
		content, err := member.Open()
		if err != nil {
			return "", true, err
		}
		defer content.Close()
		text, err := readText(content, most)
		if err != nil {
			return "", true, fmt.Errorf("array %q: %w", name, err)
		}
		return text, true, nil
	}
	return "", false, nil
}

func readText(content io.Reader, most int) (string, error) {
	start := make([]byte, len(magic)+2)
	if _, err := io.ReadFull(content, start); err != nil {
		return "", err
	}
	head := make([]byte, binary.LittleEndian.Uint16(start[len(magic):]))
	if _, err := io.ReadFull(content, head); err != nil {
		return "", err
	}
	match := textHeader.FindSubmatch(head)
	if string(start[:len(magic)]) != magic || match == nil {
		return "", errors.New("it is no text")
	}
	letters, err := strconv.Atoi(string(match[1]))
	if err != nil || letters > most {
		return "", fmt.Errorf("a text of %s letters is more than %d", match[1], most)
	}
	data, err := io.ReadAll(io.LimitReader(content, 4*int64(letters)+1))
	if err != nil {
		return "", err
	}
	if len(data) != 4*letters {
		return "", fmt.Errorf("it has %d bytes instead of %d", len(data), 4*letters)
	}
	var text strings.Builder
	for len(data) > 0 {
		text.WriteRune(rune(binary.LittleEndian.Uint32(data)))
		data = data[4:]
	}
	return strings.TrimRight(text.String(), "\x00"), nil
}
