package pen

import (
	"slices"
	"strings"
	"unicode"
)

// A Piece is a part of a text in one position and one face.
type Piece struct {
	Text   string
	Level  int // 1 raised, −1 lowered, 0 on the line
	Italic bool
}

// Characters of Unicode that are set as pieces: the font of the figures has only some of
// them, and in other sizes than the rest.
var (
	raised = map[rune]rune{'⁰': '0', '¹': '1', '²': '2', '³': '3', '⁴': '4', '⁵': '5',
		'⁶': '6', '⁷': '7', '⁸': '8', '⁹': '9', '⁻': '−', '⁺': '+'}
	lowered = map[rune]rune{'₀': '0', '₁': '1', '₂': '2', '₃': '3', '₄': '4', '₅': '5',
		'₆': '6', '₇': '7', '₈': '8', '₉': '9'}
)

// Superscript writes a whole number as an exponent.
func Superscript(number string) string {
	for up, plain := range raised {
		number = strings.ReplaceAll(number, string(plain), string(up))
	}
	return number
}

// Parse takes a line of text apart. What follows _ or ^ is lowered or raised: all within
// braces, or else the letters and digits next to it, behind a sign if there is one: m_E,
// K_EE, m_{E,1}, n^{1/2}, n^-1. Before a _ without braces must be a letter that stands
// alone, so that names such as simulation_balanced stay as they are. So are raised and
// lowered digits of Unicode, as in n⁻² and W₁. A Latin or a small Greek letter that stands
// alone is a symbol and slanted, but for the word a and the names E and I.
func Parse(line string) []Piece {
	letters := []rune(line)
	var pieces []Piece
	add := func(text string, level int, italic bool) {
		if last := len(pieces) - 1; last >= 0 && pieces[last].Level == level && pieces[last].Italic == italic {
			pieces[last].Text += text
		} else {
			pieces = append(pieces, Piece{text, level, italic})
		}
	}
	for i := 0; i < len(letters); i++ {
		if script, level, length := scriptAt(letters, i); length > 0 {
			add(script, level, false)
			i += length - 1
			continue
		}
		add(string(letters[i]), 0, isSymbol(letters, i))
	}
	return pieces
}

// scriptAt is what is raised or lowered from an index on, and how many characters say so.
func scriptAt(letters []rune, i int) (script string, level, length int) {
	if plain, up := raised[letters[i]]; up {
		return string(plain), 1, 1
	}
	if plain, down := lowered[letters[i]]; down {
		return string(plain), -1, 1
	}
	level = map[rune]int{'^': 1, '_': -1}[letters[i]]
	rest := letters[i+1:]
	if level == 0 || len(rest) == 0 || i == 0 || unicode.IsSpace(letters[i-1]) {
		return "", 0, 0
	}
	if rest[0] == '{' {
		if end := slices.Index(rest, '}'); end > 1 {
			return string(rest[1:end]), level, end + 2
		}
		return "", 0, 0
	}
	if level < 0 && !isAlone(letters[:i], i-1) {
		return "", 0, 0
	}
	end := 0
	if level > 0 && strings.ContainsRune("-−+", rest[0]) {
		end = 1
	}
	sign := end
	for end < len(rest) && (unicode.IsLetter(rest[end]) || unicode.IsDigit(rest[end])) {
		end++
	}
	if end == sign {
		return "", 0, 0
	}
	return strings.ReplaceAll(string(rest[:end]), "-", "−"), level, end + 1
}

// isAlone tells whether a letter has no other beside it.
func isAlone(letters []rune, i int) bool {
	return unicode.IsLetter(letters[i]) && (i == 0 || !inWord(letters[i-1])) && (i+1 == len(letters) || !inWord(letters[i+1]))
}

func inWord(letter rune) bool {
	return unicode.IsLetter(letter) || strings.ContainsRune("'’-", letter)
}

// isSymbol tells whether a letter is slanted.
func isSymbol(letters []rune, i int) bool {
	letter := letters[i]
	known := letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z' || letter >= 'α' && letter <= 'ω'
	return known && isAlone(letters, i) && !strings.ContainsRune("aAEI", letter)
}
