package flags

import (
	"errors"
	"slices"
	"time"

	"balanced/bnn/store"

	"github.com/spf13/cobra"
)

// Prune says what is removed from a store.
type Prune struct {
	OlderThan, Network string
	Stale, All, Old    bool
}

// Add gives a command the flags.
func (c *Prune) Add(command *cobra.Command) {
	set := command.Flags()
	set.StringVar(&c.OlderThan, "older-than", "", "those that no run has asked for so long: 30d, 12h")
	set.StringVar(&c.Network, "network", "", "those of the network of this name")
	set.BoolVar(&c.Stale, "stale", false, "those that no run asks for any more: other code, or another version of Go or gonum, made them")
	set.BoolVar(&c.All, "all", false, "all")
	set.BoolVar(&c.Old, "old", false, "instead, the files of versions that kept one a replica")
}

// Condition tells which entries to take: those with the keys, or those that meet all conditions.
func (c Prune) Condition(keys []string, now time.Time) (func(store.Entry) bool, error) {
	conditions := c.OlderThan != "" || c.Network != "" || c.Stale
	ways := 0
	for _, way := range []bool{len(keys) > 0, conditions, c.All, c.Old} {
		if way {
			ways++
		}
	}
	if ways != 1 {
		return nil, errors.New("prune: must be told what to remove by keys, or by --older-than, --network and --stale, or by --all, or by --old")
	}
	age, err := Age(c.OlderThan)
	if err != nil {
		return nil, err
	}
	return func(e store.Entry) bool {
		used, err := time.Parse(time.RFC3339, e.Used)
		return (len(keys) == 0 || slices.Contains(keys, e.Key)) && (c.Network == "" || e.Name == c.Network) && (!c.Stale || e.Stale) &&
			(c.OlderThan == "" || err == nil && now.Sub(used) > age)
	}, nil
}
