package book

import (
	"regexp"
	"strings"
)

// escapeSequence matches what terminals take as commands: colours (CSI),
// window titles (OSC), and two-character escapes.
var escapeSequence = regexp.MustCompile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[@-Z\\\\^_])")

// plainText is what remains on a terminal after text was written to it: no
// colours, no characters that a backspace has gone back over, as in JupyterLab,
// and of a line overwritten with carriage returns (a progress bar) only the last
// state.
func plainText(text string) string {
	text = escapeSequence.ReplaceAllString(text, "")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = strings.TrimRight(erased(line), "\r")
		lines[i] = dropControls(line[strings.LastIndexByte(line, '\r')+1:])
	}
	return strings.Join(lines, "\n")
}

// erased drops from a line what backspaces in it have gone back over.
func erased(line string) string {
	if !strings.ContainsRune(line, '\b') {
		return line
	}
	var kept []rune
	for _, r := range line {
		if r != '\b' {
			kept = append(kept, r)
		} else if len(kept) > 0 {
			kept = kept[:len(kept)-1]
		}
	}
	return string(kept)
}

// dropControls removes the control characters HTML must not contain.
func dropControls(line string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, line)
}
