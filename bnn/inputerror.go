package bnn

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// An InputError refuses one value of a network, whether it was read from a file
// or set in Go code.
type InputError struct {
	// Path is the key in the notation of network files, such as
	// populations[1].rate.slope. It is empty for the network as a whole.
	Path string
	// Value is what was found there, as text.
	Value string
	// Allowed is what may stand there, to be read after "must be".
	Allowed string
}

// Error reads like
// "populations[1].rate.slope: -3 is not allowed: must be a finite number ≥ 0".
func (e *InputError) Error() string {
	path := e.Path
	if path == "" {
		path = "network"
	}
	return fmt.Sprintf("%s: %s is not allowed: must be %s", path, e.Value, e.Allowed)
}

// keyPath is the path of a member of the object at path.
func keyPath(path, key string) string {
	if !isPlainName(key) || shorten(key) != key {
		key = quoteShort(key)
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

// IndexPath is the path of an element of the list at path, such as
// weights[0] for "weights" and 0.
func IndexPath(path string, index int) string {
	return path + "[" + strconv.Itoa(index) + "]"
}

// quoteShort quotes a text for an error message, where it must not fill a screen.
func quoteShort(text string) string { return strconv.Quote(shorten(text)) }

func shorten(text string) string {
	const longest = 60
	if utf8.RuneCountInString(text) > longest {
		text = string([]rune(text)[:longest]) + "…"
	}
	return text
}

// isPlainName tells whether a name is one or more ASCII letters, digits, '-' and '_'.
func isPlainName(name string) bool {
	for _, c := range []byte(name) {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		digit := '0' <= c && c <= '9'
		if !letter && !digit && c != '-' && c != '_' {
			return false
		}
	}
	return name != ""
}
