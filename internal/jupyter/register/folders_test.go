package register

import (
	"strings"
	"testing"
)

// The rules are those of the page "Common Directories and File Locations" of Jupyter's
// documentation, and of jupyter_core where that is silent.
func TestUserFolder(t *testing.T) {
	for _, c := range []struct{ system, home, variables, want string }{
		{"linux", "/home/a", "", "/home/a/.local/share/jupyter"},
		{"linux", "/home/a", "XDG_DATA_HOME=/data x", "/data x/jupyter"},
		{"linux", "/home/a", "XDG_DATA_HOME=/data,JUPYTER_DATA_DIR=/own", "/own"},
		{"linux", "", "XDG_DATA_HOME=/data", "/data/jupyter"},
		{"linux", "/home/a", "APPDATA=/roaming,JUPYTER_PLATFORM_DIRS=1", "/home/a/.local/share/jupyter"},
		{"freebsd", "/home/a", "", "/home/a/.local/share/jupyter"},
		{"darwin", "/Users/a", "XDG_DATA_HOME=/data", "/Users/a/Library/Jupyter"},
		{"darwin", "/Users/a", "JUPYTER_DATA_DIR=/own", "/own"},
		{"darwin", "/Users/a", "JUPYTER_PLATFORM_DIRS=1", "/Users/a/Library/Application Support/Jupyter"},
		{"darwin", "/Users/a", "JUPYTER_PLATFORM_DIRS=False", "/Users/a/Library/Jupyter"},
		{"windows", "/Users/a", "APPDATA=/roaming,XDG_DATA_HOME=/data", "/roaming/jupyter"},
		{"windows", "/Users/a", "APPDATA=/roaming,LOCALAPPDATA=/local,JUPYTER_PLATFORM_DIRS=1", "/local/Jupyter"},
		{"windows", "/Users/a", "", "/Users/a/.jupyter/data"},
	} {
		p := place{c.system, variables(c.variables), c.home}
		if got, err := p.user(); err != nil || got != c.want {
			t.Errorf("%s, %s: %s, %v, want %s", c.system, c.variables, got, err, c.want)
		}
	}
	if got, err := (place{"linux", variables(""), ""}).user(); err == nil || !strings.Contains(err.Error(), "set HOME or JUPYTER_DATA_DIR") {
		t.Errorf("without a home directory: %s, %v", got, err)
	}
}

// variables looks variables up in a list NAME=VALUE,NAME=VALUE.
func variables(list string) func(string) string {
	values := map[string]string{}
	for _, assignment := range strings.Split(list, ",") {
		name, value, _ := strings.Cut(assignment, "=")
		values[name] = value
	}
	return func(name string) string { return values[name] }
}

func TestSearchOrder(t *testing.T) {
	for _, c := range []struct{ system, variables, want string }{
		{"linux", "", "/home/a/.local/share/jupyter /usr/local/share/jupyter /usr/share/jupyter"},
		{"linux", "JUPYTER_PATH=/p:/q,VIRTUAL_ENV=/v,CONDA_PREFIX=/c", "/p /q /home/a/.local/share/jupyter /v/share/jupyter /c/share/jupyter /usr/local/share/jupyter /usr/share/jupyter"},
		{"windows", "APPDATA=/roaming,PROGRAMDATA=/all", "/roaming/jupyter /all/jupyter"},
	} {
		if got := strings.Join(place{c.system, variables(c.variables), "/home/a"}.search(), " "); got != c.want {
			t.Errorf("%s, %s: %s, want %s", c.system, c.variables, got, c.want)
		}
	}
}

// The answers are those of Python's string.Template.safe_substitute, which Jupyter calls.
func TestExpand(t *testing.T) {
	environment := map[string]string{"PATH": "/bin", "A1": "$PATH"}
	for value, want := range map[string]string{
		"${PATH}:/x": "/bin:/x", "$PATH/y": "/bin/y", "a$$b": "a$b", "${NONE}:$NONE": "${NONE}:$NONE",
		"$A1": "$PATH", "$$PATH": "$PATH", "$": "$", "${": "${", "$1": "$1", "$A1x": "$A1x",
	} {
		if got := expand(value, environment); got != want {
			t.Errorf("%s expands to %s, want %s", value, got, want)
		}
	}
	for _, text := range []string{"", "a", "a$b", "$$", "${PATH}"} {
		if got := expand(literal(text), environment); got != text {
			t.Errorf("%s, written and read, is %s", text, got)
		}
	}
}
