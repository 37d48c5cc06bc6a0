package book

import (
	"regexp"
	"strings"
)

// escapeSequence matches what terminals take as commands: colours (CSI),
// window titles (OSC), and two-character escapes.
var escapeSequence = regexp.MustCompile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[@-Z\\\\^_])")

// plainText is what remains on a terminal after text was written to it: no
// colours, and of a line overwritten with carriage returns (a progress bar)
// only the last state.
func plainText(text string) string {
	text = escapeSequence.ReplaceAllString(text, "")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = strings.TrimRight(line, "\r")
		lines[i] = dropControls(line[strings.LastIndexByte(line, '\r')+1:])
	}
	return strings.Join(lines, "\n")
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
