package book

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// renderableEnvironments are those treeblood lays out; any other one it
// typesets as a single run-on line without complaint.
var renderableEnvironments = []string{
	"align", "align*", "aligned", "array", "cases", "subarray",
	"matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix",
}

var (
	environment   = regexp.MustCompile(`\\begin\s*\{([^}]*)\}`)
	bareFraction  = regexp.MustCompile(`\\[dtc]?frac\s*\d`)
	longScript    = regexp.MustCompile(`[_^]\d\d`)
	textArgument  = regexp.MustCompile(`^\\(text|mbox|textrm|operatorname\*?|begin|end|tag)\s*\{[^{}]*\}`)
	primeAndPower = regexp.MustCompile(`'\s*\^`)
	emptyScript   = regexp.MustCompile(`[_^]\s*([}&]|$)`)
	leftFence     = regexp.MustCompile(`\\left\b`)
	rightFence    = regexp.MustCompile(`\\right\b`)
)

// refuseMisread names the constructions that treeblood sets wrongly without
// reporting it, with what to write instead.
func refuseMisread(tex string) error {
	for _, match := range environment.FindAllStringSubmatch(tex, -1) {
		if !slices.Contains(renderableEnvironments, match[1]) {
			return fmt.Errorf("environment %q is not one of %s", match[1], strings.Join(renderableEnvironments, ", "))
		}
	}
	withoutEscapes := strings.NewReplacer(`\\`, "", `\%`, "", `\$`, "").Replace(tex)
	switch {
	case strings.Contains(withoutEscapes, "%"):
		return errors.New(`contains %, which starts a TeX comment; write \%`)
	case strings.Contains(withoutEscapes, "$"):
		return errors.New(`contains a dollar sign; end \text before a formula and begin it again after`)
	case bareFraction.MatchString(tex):
		return errors.New(`has a fraction without braces; write \frac{1}{2}`)
	case longScript.MatchString(tex):
		return errors.New(`has a script of several digits without braces; write x^{12}`)
	case emptyScript.MatchString(tex):
		return errors.New("has an empty script")
	case len(leftFence.FindAllString(tex, -1)) != len(rightFence.FindAllString(tex, -1)):
		return errors.New(`has a \left without \right or the reverse`)
	case primeAndPower.MatchString(tex):
		return errors.New(`has a prime followed by a power; write x^{\prime 2}`)
	}
	return nil
}

// prepareTeX rewrites what treeblood reads differently from TeX: a prime is a
// superscript, ~ a space, \| a double bar. Text arguments are left alone.
func prepareTeX(tex string) string {
	var out strings.Builder
	for len(tex) > 0 {
		length := 1
		switch {
		case textArgument.MatchString(tex):
			length = len(textArgument.FindString(tex))
			// treeblood writes text into its MathML as it stands.
			out.WriteString(strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(tex[:length]))
		case strings.HasPrefix(tex, `\|`):
			length = 2
			out.WriteString(`\Vert `)
		case tex[0] == '\\' && len(tex) > 1:
			length = 2
			out.WriteString(tex[:length])
		case tex[0] == '~':
			out.WriteString(`\ `)
		case tex[0] == '\'':
			length = len(tex) - len(strings.TrimLeft(tex, "'"))
			out.WriteString("^{" + strings.Repeat(`\prime`, length) + "}")
		default:
			out.WriteByte(tex[0])
		}
		tex = tex[length:]
	}
	return out.String()
}
