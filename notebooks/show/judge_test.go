package show

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/analysis"
	"balanced/bnn"
)

func endsInAnError() analysis.Verdict {
	return bnn.Must(analysis.Verdict{}, errors.New("balance is lost at t = 2\nand more"))
}

func holds() analysis.Verdict {
	return analysis.Verdict{Claim: "It holds.", Label: analysis.Stated, Where: "here", Outcome: analysis.Holds, Rival: "another", Measured: 0.1}
}

// A verdict that cannot be found fails, and takes no other with it.
func TestJudgeKeepsTheOthers(t *testing.T) {
	out := projectFolder(t)
	kept := func() (claims, outcomes, where []string) {
		file, err := os.Open(filepath.Join(out, "07-a-claim", "verdicts.csv"))
		if err != nil {
			return nil, nil, nil
		}
		defer file.Close()
		frame, err := analysis.ReadCSV(file)
		if err != nil {
			t.Fatal(err)
		}
		return frame.Col("claim").Records(), frame.Col("outcome").Records(), frame.Col("where").Records()
	}
	known := -1
	panics(t, "1 of 3 claims do not hold: endsInAnError ended in an error: balance is lost at t = 2", func() {
		Chapter("07-a-claim").Judge(endsInAnError, holds, func() analysis.Verdict {
			claims, _, _ := kept()
			known = len(claims)
			return holds()
		})
	})
	if known != 2 {
		t.Errorf("when the third verdict is sought %d are kept", known)
	}
	claims, outcomes, where := kept()
	if got := strings.Join(claims, "|"); got != "endsInAnError ended in an error|It holds.|It holds." {
		t.Errorf("claims %s", got)
	}
	if got := strings.Join(outcomes, "|"); got != "fails|holds|holds" || where[0] != "balance is lost at t = 2" {
		t.Errorf("outcomes %s, the first %s", got, where[0])
	}
	// In a quick run, too, an error is no lack of data.
	t.Setenv("BALANCED_QUICK", "1")
	panics(t, "1 of 1 claims", func() { Chapter("07-a-claim").Judge(endsInAnError) })
}

func TestJudgeShowsAnError(t *testing.T) {
	for _, beside := range []analysis.Verdict{holds(), {Claim: "An older one.", Outcome: analysis.Holds}} {
		text := analysis.VerdictHTML([]analysis.Verdict{judged(endsInAnError), beside})
		for _, want := range []string{"balance is lost", "fails", "1 of 2 hold"} {
			if !strings.Contains(text, want) {
				t.Errorf("the table has no %q:\n%s", want, text)
			}
		}
	}
}
