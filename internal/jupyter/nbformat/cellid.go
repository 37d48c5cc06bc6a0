package nbformat

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
)

var validID = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)

// cellIDs returns the id of every cell: its own where it is valid and not
// taken by an earlier cell, else one made from the cell's place and source.
func cellIDs(cells []Cell) []string {
	ids := make([]string, len(cells))
	taken := make(map[string]bool, len(cells))
	for i, cell := range cells {
		if validID.MatchString(cell.ID) && !taken[cell.ID] {
			ids[i] = cell.ID
			taken[cell.ID] = true
		}
	}
	for i, cell := range cells {
		for try := 0; ids[i] == ""; try++ {
			sum := sha256.Sum256(fmt.Appendf(nil, "%d %d %s", i, try, cell.Source))
			if id := hex.EncodeToString(sum[:4]); !taken[id] {
				ids[i] = id
				taken[id] = true
			}
		}
	}
	return ids
}
