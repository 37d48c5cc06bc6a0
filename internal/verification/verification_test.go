package verification

import (
	"testing"
)

// What is left to verification runs if the environment asks for it, and else says how.
func TestOnly(t *testing.T) {
	for _, asked := range []string{"", "1"} {
		t.Run("asked "+asked, func(t *testing.T) {
			t.Setenv(Variable, asked)
			skipped := true
			t.Run("left", func(t *testing.T) {
				defer func() { skipped = t.Skipped() }()
				Only(t)
			})
			if want := asked == "" || testing.Short(); skipped != want {
				t.Errorf("%s=%q: skipped %v, want %v", Variable, asked, skipped, want)
			}
		})
	}
}
