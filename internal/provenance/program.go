package provenance

import (
	"runtime/debug"

	"balanced/bnn"
)

// Program is the version of this program: the one that the Go tool recorded, or for a build from a
// checkout that of the package and the commit.
func Program() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return bnn.Version
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return bnn.Version + "+" + setting.Value[:min(12, len(setting.Value))]
		}
	}
	return bnn.Version
}
