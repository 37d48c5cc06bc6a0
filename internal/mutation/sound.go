package mutation

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"balanced/internal/jupyter/kernel"
)

// theoryRooms are the packages whose formulas are mutated as theory.
var theoryRooms = []string{"bnn/theory", "bnn/internal/equations", "bnn/internal/manifold", "bnn/internal/noise", "bnn/internal/stationary"}

// simulatorRooms ask the theory for the start of a replica and for the step of a leap.
var simulatorRooms = []string{"bnn/simulate", "bnn/internal/leap"}

// soundRooms is where the overlay has the theory as it is.
const soundRooms = "bnn/internal/sound"

// addSound adds a sound copy of the theory to the changed files, and lets the simulators ask that:
// what is simulated does not depend on which theory it is compared with.
func addSound(root string, changed map[string]string) error {
	var rename []string
	for _, room := range theoryRooms {
		rename = append(rename, `"`+kernel.Module+"/"+room+`"`, `"`+kernel.Module+"/"+soundCopy(room)+`"`)
	}
	renamed := strings.NewReplacer(rename...)
	for _, room := range append(simulatorRooms, theoryRooms...) {
		names, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(room), "*.go"))
		if err != nil {
			return err
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			from := path.Join(room, filepath.Base(name))
			to, text := path.Join(soundCopy(room), filepath.Base(name)), string(data)
			if room == simulatorRooms[0] || room == simulatorRooms[1] {
				to = from
				if edited, is := changed[from]; is {
					text = edited
				}
			}
			if own := renamed.Replace(text); to != from || own != string(data) {
				changed[to] = own
			}
		}
	}
	return nil
}

func soundCopy(room string) string { return path.Join(soundRooms, path.Base(room)) }
