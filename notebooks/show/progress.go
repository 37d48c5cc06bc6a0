package show

import (
	"fmt"
	"strings"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"balanced/bnn/simulate"
)

// Progress returns a function that shows how far long work is, in one line that it
// replaces: for an ensemble
//
//	ensemble.Progress = show.Progress("replicas")
//
// and for any other loop a call after each round, with Finished and Replicas. The line
// has a bar and, where it is known, the time left; when all is finished it says how much
// that was and no more, which is the same in every run. Ensembles one after the other
// share a line.
func Progress(what string) func(simulate.Progress) {
	id := ""
	if gonbui.IsNotebook {
		id = gonbui.UniqueId() // not kept in the notebook
	}
	var shown time.Time
	return func(p simulate.Progress) {
		// Ten times a second is as often as anybody looks.
		if now := time.Now(); p.Finished >= p.Replicas || now.Sub(shown) >= 100*time.Millisecond {
			shown = now
			display(id, map[protocol.MIMEType]any{protocol.MIMETextPlain: progressLine(what, p)})
		}
	}
}

func progressLine(what string, p simulate.Progress) string {
	line := fmt.Sprintf("%s: %d of %d", what, p.Finished, p.Replicas)
	if p.Finished >= p.Replicas {
		return line
	}
	const cells = 20
	full := int(cells * max(p.Part, float64(max(p.Finished, 0))/float64(p.Replicas)))
	line += " " + strings.Repeat("█", full) + strings.Repeat("░", cells-full)
	if p.End > 0 {
		line += fmt.Sprintf(" t = %.3g of %g", p.Time, p.End)
	}
	if p.Left > 0 {
		line += fmt.Sprintf(" %v left", p.Left.Round(time.Second))
	}
	return line
}
