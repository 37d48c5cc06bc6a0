package provenance

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"

	"balanced/bnn"
)

// Key names the record where names are asked for.
const Key = "bnn"

// maxRecord is the most bytes of a record that are read.
const maxRecord = 1 << 20

// A Record says how a table or figure was made. What does not apply is left out.
type Record struct {
	// Command is the command line without what does not change the result, such as --workers,
	// and files without their folders.
	Command  string   `json:"command,omitempty"`
	Notebook string   `json:"notebook,omitempty"` // instead of a command: the name of the chapter
	Spec     string   `json:"spec,omitempty"`     // SHA-256 of the file of a sweep
	Network  *Network `json:"network,omitempty"`
	N        int      `json:"n,omitempty"`
	Seed     *uint64  `json:"seed,omitempty"`
	Versions Versions `json:"versions"`
	Store    []string `json:"store,omitempty"` // keys under which the store has it, as bnn store list shows them
}

// A Network is known by its fingerprint; its name is a label.
type Network struct {
	Name        string `json:"name"`
	Fingerprint string `json:"fingerprint"`
}

// Versions are those of what computed. What is committed must not depend on the machine:
// records of notebooks leave Go and Arch out.
type Versions struct {
	BNN   string `json:"bnn"`
	Go    string `json:"go,omitempty"`
	Gonum string `json:"gonum,omitempty"`
	Arch  string `json:"arch,omitempty"`
}

// OfCommand is the record of what a command computes of a network, which may be nil.
func OfCommand(command string, network *bnn.Network) Record {
	r := Record{Command: command, Versions: Versions{BNN: bnn.Version, Go: runtime.Version(), Gonum: gonum(), Arch: runtime.GOARCH}}
	if network != nil {
		r.Network = &Network{network.Name, network.Fingerprint()}
	}
	return r
}

// OfSweep is the record of the table of a sweep of a network, whoever computed its parts: it
// tells the content of the file that describes it.
func OfSweep(spec string, network *bnn.Network, seed uint64) (Record, error) {
	content, err := os.ReadFile(spec)
	r := OfCommand("bnn sweep "+filepath.Base(spec), network)
	r.Spec, r.Seed = fmt.Sprintf("%x", sha256.Sum256(content)), &seed
	return r, err
}

// OfNotebook is the record of what a notebook of this name keeps.
func OfNotebook(name string) Record {
	return Record{Notebook: name, Versions: Versions{BNN: bnn.Version, Gonum: gonum()}}
}

// gonum is the version of gonum in this program; tests are not told theirs.
var gonum = sync.OnceValue(func() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "gonum.org/v1/gonum" {
				return module.Version
			}
		}
	}
	return "unknown"
})

// JSON is the record on one line.
func (r Record) JSON() string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(r); err != nil {
		panic(err) // there is nothing in it that JSON cannot write
	}
	return strings.TrimSuffix(text.String(), "\n")
}

// Metadata is the record as metadata of a Parquet file: key and value.
func (r Record) Metadata() [2]string { return [2]string{Key, r.JSON()} }

// decode reads a record, from a later version too: keys that are not known are passed over.
func decode(text []byte) (*Record, error) {
	if len(text) > maxRecord {
		return nil, fmt.Errorf("a record of more than %d bytes", maxRecord)
	}
	r := &Record{}
	if err := json.Unmarshal(text, r); err != nil {
		return nil, fmt.Errorf("the record: %w", err)
	}
	if r.Versions.BNN == "" {
		return nil, errors.New("the record does not tell versions.bnn")
	}
	return r, nil
}

// Text is the record for people, a line for each thing.
func (r Record) Text() string {
	var text strings.Builder
	line := func(name, format string, values ...any) {
		fmt.Fprintf(&text, "%-9s %s\n", name, printable(fmt.Sprintf(format, values...)))
	}
	if r.Command != "" {
		line("command", "%s", r.Command)
	}
	if r.Notebook != "" {
		line("notebook", "%s", r.Notebook)
	}
	if r.Network != nil {
		line("network", "%s, fingerprint %s", r.Network.Name, r.Network.Fingerprint)
	}
	if r.Spec != "" {
		line("spec", "SHA-256 %s", r.Spec)
	}
	if r.N != 0 {
		line("n", "%d", r.N)
	}
	if r.Seed != nil {
		line("seed", "%d", *r.Seed)
	}
	versions := []string{"bnn " + r.Versions.BNN}
	if r.Versions.Gonum != "" {
		versions = append(versions, "gonum "+r.Versions.Gonum)
	}
	for _, version := range []string{r.Versions.Go, r.Versions.Arch} {
		if version != "" {
			versions = append(versions, version)
		}
	}
	line("versions", "%s", strings.Join(versions, ", "))
	for _, key := range r.Store {
		line("store", "%s", key)
	}
	return text.String()
}

// printable leaves out what would move the cursor of a terminal.
func printable(text string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || 0x7f <= c && c < 0xa0 {
			return '�'
		}
		return c
	}, text)
}

// kindOf is the kind of a file by its name: ".csv" and so on.
func kindOf(name string) string { return strings.ToLower(filepath.Ext(name)) }
