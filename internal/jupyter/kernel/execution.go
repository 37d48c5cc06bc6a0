package kernel

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"balanced/internal/jupyter/nbformat"
)

// An Execution is what a kernel sent while it ran one cell. A later cell may
// still update its displays.
type Execution struct {
	streams   map[string]*strings.Builder
	displays  []*nbformat.Output
	error     *nbformat.Output
	shell     string // what a failing shell line or magic left
	clearNext bool
	size      int // bytes of output, or more than that; see makeRoom
	tidy      *strings.Replacer
}

// Outputs returns the outputs in an order that does not depend on when they
// arrived: one text for standard output, one for standard error, the displays
// as they came, and last the error. In texts and errors the kernel's folder,
// which is another one in every run, is written as GONB_TMP_DIR, the project's
// folder is left out, and so are GoNB's marks in stack traces, which it sets
// only most of the time. Of a line that was written over, as progress bars of
// terminals do, the last state is left, as nbconvert leaves it.
func (e *Execution) Outputs() []nbformat.Output {
	var outputs []nbformat.Output
	// Of these names there are in practice two, stdout and stderr.
	names := slices.Sorted(maps.Keys(e.streams))
	slices.Reverse(names)
	for _, name := range names {
		outputs = append(outputs, nbformat.Output{
			Kind: nbformat.Stream, Name: name, Text: settled(e.tidied(e.streams[name].String())),
		})
	}
	for _, display := range e.displays {
		outputs = append(outputs, *display)
	}
	if e.error != nil {
		failed := *e.error
		failed.ErrorValue = e.tidied(failed.ErrorValue)
		failed.Traceback = make([]string, len(e.error.Traceback))
		for i, line := range e.error.Traceback {
			failed.Traceback[i] = e.tidied(line)
		}
		outputs = append(outputs, failed)
	}
	return outputs
}

// Cut cuts an execution at the marks that its program wrote into standard output, standard error and as HTML, in this order. There are
// as many parts as all three have: fewer than the program has if it ended before.
func (e *Execution) Cut(mark string) []*Execution {
	texts, displays := map[string][]string{}, [][]*nbformat.Output{nil}
	for _, display := range e.displays {
		if display.Data["text/html"] == mark {
			displays = append(displays, nil)
		} else {
			displays[len(displays)-1] = append(displays[len(displays)-1], display)
		}
	}
	count := len(displays)
	for _, name := range []string{"stdout", "stderr"} {
		texts[name] = []string{""}
		if stream := e.streams[name]; stream != nil {
			texts[name] = strings.Split(stream.String(), mark)
		}
		count = min(count, len(texts[name]))
	}
	parts := make([]*Execution, count)
	for i := range parts {
		parts[i] = &Execution{streams: map[string]*strings.Builder{}, displays: displays[i], tidy: e.tidy}
		for name, of := range texts {
			if of[i] != "" {
				parts[i].streams[name] = &strings.Builder{}
				parts[i].streams[name].WriteString(of[i])
			}
		}
	}
	parts[count-1].error = e.error
	return parts
}

// Failure returns why the cell failed, as plain text, or "" if it did not.
func (e *Execution) Failure() string {
	reasons := []string{e.shell}
	if e.error != nil {
		// The traceback names lines of the cell, the value those of main.go.
		reasons = []string{strings.Join(e.error.Traceback, "\n"), e.shell}
		if strings.TrimSpace(reasons[0]) == "" {
			reasons[0] = e.error.ErrorName + ": " + e.error.ErrorValue
		}
	} else if e.shell == "" {
		return ""
	}
	text := ""
	if written := e.streams["stderr"]; written != nil {
		text = strings.TrimSpace(settled(written.String()))
	}
	for _, reason := range reasons {
		if reason = strings.TrimSpace(reason); !strings.Contains(text, reason) {
			text += "\n" + reason
		}
	}
	return Plain(e.tidied(strings.TrimSpace(text)))
}

var (
	temporaryProgram = regexp.MustCompile(`\bgonb_[0-9a-f]{8}\b`)
	// GoNB marks lines of main.go with the cell's, but misses those which reach
	// it in two pieces.
	lineMark = regexp.MustCompile(` \x1b\[7m\[\[ Cell (\[\d+\] )?Line \d+ \]\]\x1b\[0m `)
)

func (e *Execution) tidied(text string) string {
	text = lineMark.ReplaceAllString(text, "")
	return temporaryProgram.ReplaceAllString(e.tidy.Replace(text), "gonb")
}

// settled drops from every line what a carriage return in it has gone back over.
func settled(text string) string {
	if !strings.Contains(text, "\r") {
		return text
	}
	var kept strings.Builder
	for line := range strings.Lines(text) {
		body := strings.TrimSuffix(line, "\n")
		if body == "" { // an empty line, in which there is nothing to go back over
			kept.WriteString(line)
			continue
		}
		// A carriage return at the very end has nothing written over its line yet.
		kept.WriteString(line[strings.LastIndexByte(body[:len(body)-1], '\r')+1:])
	}
	return kept.String()
}

// What GoNB writes to standard error when a shell line fails or a magic is
// unknown, while it reports success. It is a message of its own, which tells it
// from most of what programs write.
var silentFailure = regexp.MustCompile(`\A(exit status [1-9][0-9]*|signal: .+|"%.*" unknown or not implemented yet\.)\n?\z`)

// collect adds one message of the kernel; known are the displays with an id,
// of all cells.
func (e *Execution) collect(kind string, content json.RawMessage, known map[string][]*nbformat.Output) error {
	switch kind {
	case "stream", "display_data", "execute_result", "update_display_data", "clear_output", "error":
	default:
		return nil
	}
	var body struct {
		Name, Text string
		Data       map[string]json.RawMessage
		Metadata   map[string]any
		Transient  struct {
			DisplayID string `json:"display_id"`
		}
		Count     int `json:"execution_count"`
		Wait      bool
		ErrorName string `json:"ename"`
		Value     string `json:"evalue"`
		Traceback []string
	}
	if err := json.Unmarshal(content, &body); err != nil {
		return fmt.Errorf("%s message from the kernel: %w", kind, err)
	}
	if e.clearNext && kind != "clear_output" && kind != "update_display_data" {
		e.clear(known)
	}
	added := len(body.Text) + len(body.Value)
	for _, value := range body.Data {
		added += len(value)
	}
	for _, line := range body.Traceback {
		added += len(line)
	}
	if err := e.makeRoom(added); err != nil {
		return err
	}
	switch kind {
	case "stream":
		if e.streams[body.Name] == nil {
			e.streams[body.Name] = &strings.Builder{}
		}
		e.streams[body.Name].WriteString(body.Text)
		if body.Name == "stderr" && silentFailure.MatchString(body.Text) {
			e.shell = strings.TrimSuffix(body.Text, "\n")
		}
	case "display_data", "execute_result", "update_display_data":
		data, err := decodeBundle(body.Data)
		if err != nil {
			return fmt.Errorf("%s message from the kernel: %w", kind, err)
		}
		id := body.Transient.DisplayID
		for _, display := range known[id] {
			display.Data, display.Metadata = data, body.Metadata
		}
		if kind == "update_display_data" {
			return nil
		}
		display := &nbformat.Output{Kind: nbformat.OutputKind(kind), Data: data, Metadata: body.Metadata, ExecutionCount: body.Count}
		e.displays = append(e.displays, display)
		if id != "" {
			known[id] = append(known[id], display)
		}
	case "clear_output":
		e.clearNext = true
		if !body.Wait {
			e.clear(known)
		}
	case "error":
		e.error = &nbformat.Output{
			Kind: nbformat.Error, ErrorName: body.ErrorName, ErrorValue: body.Value, Traceback: body.Traceback,
		}
	}
	return nil
}

// clear forgets what was shown so far, but not that the cell failed.
func (e *Execution) clear(known map[string][]*nbformat.Output) {
	for id, displays := range known {
		known[id] = slices.DeleteFunc(displays, func(d *nbformat.Output) bool { return slices.Contains(e.displays, d) })
	}
	e.streams, e.displays, e.clearNext = map[string]*strings.Builder{}, nil, false
}

// decodeBundle keeps numbers in JSON values as they are written. What is no JSON by its
// type must be a text, as a notebook cannot hold it otherwise.
func decodeBundle(raw map[string]json.RawMessage) (map[string]any, error) {
	data := make(map[string]any, len(raw))
	for mime, value := range raw {
		decoder := json.NewDecoder(strings.NewReader(string(value)))
		decoder.UseNumber()
		var decoded any
		if err := decoder.Decode(&decoded); err != nil {
			return nil, fmt.Errorf("%s: %w", mime, err)
		}
		if _, isText := decoded.(string); !isText && !nbformat.IsJSON(mime) {
			return nil, fmt.Errorf("%s is %.40s, and not a text", mime, value)
		}
		data[mime] = decoded
	}
	return data, nil
}
