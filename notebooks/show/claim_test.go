package show_test

import (
	"errors"
	"reflect"
	"testing"

	"balanced/analysis"
	"balanced/bnn"
	"balanced/bnn/store"
	"balanced/notebooks/show"
)

// Each word goes to its field, and the verdict is that of the claim.
func TestDerivedAndStated(t *testing.T) {
	near := analysis.Near("value", analysis.Estimate{Value: 1, StandardError: 0.01, DegreesOfFreedom: 50}, 1, 0.1).Against(2)
	for label, verdict := range map[analysis.Label]analysis.Verdict{
		analysis.Derived: show.Derived("says", "rival", "because", "data", near),
		analysis.Stated:  show.Stated("says", "rival", "because", "data", near),
	} {
		want, err := analysis.Claim{Says: "says", Label: label, Rival: "rival", Because: "because", Data: "data"}.Test(near)
		if err != nil || !verdict.Holds() || !reflect.DeepEqual(verdict, want) {
			t.Errorf("%s: %+v, not %+v: %v", label, verdict, want, err)
		}
	}
}

// A claim without a rival that its data can reject is none.
func TestDerivedNeedsARival(t *testing.T) {
	defer func() {
		var input *bnn.InputError
		if err, _ := recover().(error); !errors.As(err, &input) || input.Path != "comparisons" {
			t.Errorf("a claim without a rival ended by %v", err)
		}
	}()
	show.Derived("says", "rival", "because", "data", analysis.Near("value", analysis.Estimate{Value: 1, StandardError: 0.01, DegreesOfFreedom: 50}, 1, 0.1))
}

func TestStoreIsTheOneOfAllChapters(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	kept, err := store.Default()
	if err != nil || show.Store().Path() != kept.Path() {
		t.Errorf("the store is at %s, not %s: %v", show.Store().Path(), kept.Path(), err)
	}
}
