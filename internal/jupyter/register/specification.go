package register

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"balanced/internal/files"
	"balanced/internal/jupyter/kernel"
)

// specificationFile is what Jupyter knows a kernel by.
const specificationFile = "kernel.json"

// specification is its content.
type specification struct {
	Arguments   []string          `json:"argv"`
	DisplayName string            `json:"display_name"`
	Environment map[string]string `json:"env"`
	Interrupt   string            `json:"interrupt_mode"`
	Language    string            `json:"language"`
	Metadata    map[string]any    `json:"metadata"`
}

// The entry of the metadata by which a kernel.json of this program is known.
const (
	writerKey = "written_by"
	writer    = "bnn kernel install"
)

// cachedProgram matches the program that older versions of bnn named, without metadata: one
// in the cache of package kernel, where nobody else puts a program.
var cachedProgram = regexp.MustCompile(`/` + kernel.CacheName + `/kernel/[0-9a-f]{16}/gonb$`)

func (s specification) ours() bool {
	return s.Metadata[writerKey] == writer || len(s.Arguments) > 0 && cachedProgram.MatchString(filepath.ToSlash(s.Arguments[0]))
}

// systemPath is for a Jupyter without a PATH, or one that leaves ${PATH} as it is.
var systemPath = []string{"/usr/local/bin", "/usr/bin", "/bin"}

// specify describes how to start the programs in a folder. Variables are those that the
// kernel needs besides PATH and GOFLAGS.
func specify(tools kernel.Tools, programs string, variables map[string]string) specification {
	path := []string{literal(programs), literal(tools.GoFolder), "${PATH}"}
	environment := map[string]string{
		"PATH":    strings.Join(append(path, systemPath...), string(os.PathListSeparator)),
		"GOFLAGS": literal(tools.GoFlags),
	}
	for name, value := range variables {
		environment[name] = literal(value)
	}
	return specification{
		Arguments:   append([]string{filepath.Join(programs, "gonb")}, kernel.Arguments("{connection_file}")...),
		DisplayName: kernel.DisplayName,
		Environment: environment,
		Interrupt:   "message",
		Language:    "go",
		Metadata:    map[string]any{writerKey: writer},
	}
}

// literal writes a text as it is read back by expand, for which a dollar sign starts a
// variable.
func literal(text string) string { return strings.ReplaceAll(text, "$", "$$") }

var reference = regexp.MustCompile(`\$(?:\$|([_a-zA-Z][_a-zA-Z0-9]*)|\{([_a-zA-Z][_a-zA-Z0-9]*)\})`)

// expand replaces the variables of a value in kernel.json as Jupyter does: those that are
// not set stay as they are written.
func expand(value string, environment map[string]string) string {
	return reference.ReplaceAllStringFunc(value, func(found string) string {
		if found == "$$" {
			return "$"
		}
		if value, set := environment[strings.Trim(found, "${}")]; set {
			return value
		}
		return found
	})
}

// kernelFolder is where the kernel is, in a data folder.
func kernelFolder(data string) string { return filepath.Join(data, "kernels", kernel.Name) }

// readSpecification reads the kernel.json in a folder.
func readSpecification(folder string) (specification, error) {
	var s specification
	data, err := os.ReadFile(filepath.Join(folder, specificationFile))
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(data, &s)
}

// write writes kernel.json into a folder.
func (s specification) write(folder string) error {
	data, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return err
	}
	return files.Replace(filepath.Join(folder, specificationFile), append(data, '\n'))
}
