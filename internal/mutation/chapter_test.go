package mutation

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"balanced/analysis"
	"balanced/internal/verification"
)

// A chapter that ends in an error has the verdicts that it has, one that does not compile says
// why, and neither takes others with it. What the broken code says is what the verdict sees.
func TestBookUnderAMutation(t *testing.T) {
	verification.Only(t)
	absolute, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	const header = "package main\n\nimport (\n\t\"balanced/analysis\"\n\t\"balanced/bnn\"\n\t\"balanced/notebooks/show\"\n)\n\n"
	var said bytes.Buffer
	book := &Book{Root: absolute, Messages: &said, folder: t.TempDir(), names: []string{"01-a", "02-b", "03-c"}, programs: map[string]string{
		"01-a": header + `func errorBar() analysis.Verdict {
	e := bnn.Must(analysis.MeanOf([]float64{1, 2, 3, 4}))
	claim := analysis.Claim{Says: "An error bar", Label: analysis.Derived, Because: "b", Rival: "r", Data: "d"}
	return bnn.Must(claim.Test(analysis.Near("bar", analysis.Estimate{Value: e.StandardError, DegreesOfFreedom: 3}, 0.6455, 0.001).Against(1)))
}

func main() {
	show.Chapter("01-a").Judge(errorBar, func() analysis.Verdict { panic("lost") })
}
`,
		"02-b": "package main\n\nfunc main() { misspelt() }\n",
		"03-c": "package main\n\nfunc main() { panic(\"no data\") }\n",
	}}
	sound, err := book.run(t.Context(), Mutation{Part: Analysis})
	if err != nil {
		t.Fatal(err)
	}
	if v := sound["01-a"].verdicts; len(v) != 2 || v[0].Outcome != analysis.Holds || v[1].Outcome != analysis.Fails || v[1].Where != "lost" {
		t.Errorf("verdicts %+v, %v", v, sound["01-a"].failure)
	}
	for name, want := range map[string]string{"02-b": "misspelt", "03-c": "no data"} {
		if f := sound[name]; len(f.verdicts) != 0 || f.failure == nil || !strings.Contains(f.failure.Error(), want) {
			t.Errorf("%s has %d verdicts, %v, want %s", name, len(f.verdicts), f.failure, want)
		}
	}
	book.names = book.names[:1]
	broken := ofAnalysis[0]
	broken.Edits = broken.Edits[:1] // MeanOf alone, which compiles fast
	mutated, err := book.run(t.Context(), broken)
	if err != nil {
		t.Fatal(err)
	}
	if v := mutated["01-a"].verdicts; len(v) != 2 || v[0].Outcome != analysis.Fails {
		t.Errorf("with errors too small the verdicts are %+v, %v", v, mutated["01-a"].failure)
	}
	table := book.compare(broken, sound, mutated)
	if len(table) != 2 || !table[0].Rejects || table[1].Rejects || !strings.Contains(said.String(), "1 of 2 verdicts notice") {
		t.Errorf("the table is %+v, said was %s", table, said.String())
	}
}
