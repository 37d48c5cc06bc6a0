package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// A violation is what axe-core finds, as far as it is of use here.
type violation struct {
	ID     string
	Impact string
	Help   string
	Nodes  []struct {
		Target         []json.RawMessage // selectors, nested for shadow roots
		FailureSummary string
	}
}

// Accessible lets axe-core examine what is shown of the page, and finds what it
// calls serious or critical. Text of any size needs a contrast of 4.5:1. The
// environment variable AXE_CORE is the path of axe.min.js; without it the test is
// skipped, or fails if BALANCED_BROWSER is "required". A chapter takes a second.
func Accessible(p *Page) []string {
	p.t.Helper()
	path := os.Getenv("AXE_CORE")
	if path == "" {
		missing(p.t, "AXE_CORE does not say where the file axe.min.js of axe-core is")
	}
	if !Eval[bool](p, "'axe' in window") {
		source, err := os.ReadFile(path)
		if err != nil {
			p.t.Fatal(err)
		}
		Eval[bool](p, string(source)+"\n;true")
	}
	violations := Eval[[]violation](p, `axe.run(document, {
		preload: false, resultTypes: ["violations"],
		checks: {"color-contrast": {options: {contrastRatio: {large: {expected: 4.5}}}}},
	}).then(result => result.violations)`)
	var findings []string
	for _, violation := range violations {
		if violation.Impact != "serious" && violation.Impact != "critical" {
			continue
		}
		for _, node := range violation.Nodes {
			target, err := json.Marshal(node.Target)
			if err != nil {
				p.t.Fatal(err)
			}
			findings = append(findings, fmt.Sprintf("axe-core, %s (%s), at %s: %s: %s", violation.ID, violation.Impact, target,
				violation.Help, strings.Join(strings.Fields(node.FailureSummary), " ")))
		}
	}
	return findings
}
