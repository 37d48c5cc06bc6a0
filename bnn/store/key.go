//go:build !js

package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"

	"golang.org/x/sys/cpu"
)

// A fullRecipe is a recipe and what else the last digits depend on. Its JSON is what the
// key of a shelf is the hash of.
type fullRecipe struct {
	Recipe
	machine
}

// A machine is what compiles and runs the code.
type machine struct {
	Arch  string `json:"arch"` // and its variant
	Go    string `json:"go"`
	Gonum string `json:"gonum"`
}

func (r fullRecipe) encode() (text []byte, key string, err error) {
	if text, err = json.Marshal(r); err != nil {
		return nil, "", err
	}
	sum := sha256.Sum256(text)
	return text, hex.EncodeToString(sum[:16]), nil
}

// thisMachine is the one that runs.
var thisMachine = sync.OnceValue(func() machine {
	m := machine{Arch: runtime.GOARCH, Go: runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	if ok {
		for _, setting := range info.Settings {
			// GOAMD64=v3, say, multiplies and adds with one rounding.
			if setting.Key == "GO"+strings.ToUpper(runtime.GOARCH) {
				m.Arch += "/" + setting.Value
			}
		}
		m.Gonum = gonumOf(info.Deps)
	}
	if cpu.X86.HasAVX && cpu.X86.HasFMA {
		m.Arch += "+fma" // with which math.Exp computes in another way
	}
	if m.Gonum == "" {
		// Tests are not told what they are built of; what they keep is theirs alone.
		m.Gonum = "unknown"
	}
	return m
})

func gonumOf(modules []*debug.Module) string {
	for _, module := range modules {
		if module.Path == "gonum.org/v1/gonum" {
			if module.Replace != nil {
				module = module.Replace
			}
			return strings.TrimSpace(module.Version + " " + module.Sum)
		}
	}
	return ""
}
