package bench

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed peers
var peerFiles embed.FS

// A peer is a program of another kind that is ready to run, or absent.
type peer struct {
	name, version string
	absent        string   // why it cannot run, "" if it can
	command       []string // to which the arguments of a run are appended
}

// run runs the peer once and returns what it says about itself.
func (p peer) run(ctx context.Context, arguments ...any) (sample, error) {
	words := append([]string(nil), p.command...)
	for _, argument := range arguments {
		words = append(words, fmt.Sprint(argument))
	}
	output, err := runCommand(ctx, words)
	if err != nil {
		return sample{}, err
	}
	return parsePeerLine(output)
}

// parsePeerLine reads the one line of JSON that a peer prints.
func parsePeerLine(output []byte) (sample, error) {
	decoder := json.NewDecoder(bytes.NewReader(output))
	decoder.DisallowUnknownFields()
	var s sample
	if err := decoder.Decode(&s); err != nil {
		return sample{}, fmt.Errorf("it printed %q, which is not the line of JSON wanted: %w", shortened(output), err)
	}
	if decoder.More() {
		return sample{}, fmt.Errorf("it printed more than one line of JSON: %q", shortened(output))
	}
	if !(s.Seconds > 0) {
		return sample{}, fmt.Errorf("it printed %q: seconds must be more than 0", shortened(output))
	}
	return s, nil
}

// runCommand returns the standard output of a command; its error holds the last of what
// it said on standard error.
func runCommand(ctx context.Context, words []string) ([]byte, error) {
	command := exec.CommandContext(ctx, words[0], words[1:]...)
	// One core each, as all contenders, and nothing but the line on standard output.
	command.Env = append(os.Environ(), "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "PYNEST_QUIET=1")
	var output, complaints bytes.Buffer
	command.Stdout, command.Stderr = &output, &complaints
	if err := command.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		text := strings.TrimSpace(complaints.String())
		return nil, fmt.Errorf("%s: %w: %s", filepath.Base(words[0]), err, text[max(0, len(text)-500):])
	}
	return output.Bytes(), nil
}

func shortened(text []byte) string {
	return string(text[:min(len(text), 200)])
}

// unpackPeers writes the embedded programs into a folder, once.
func unpackPeers(folder string) (string, error) {
	target := filepath.Join(folder, "peers")
	if _, err := os.Stat(target); err == nil {
		return target, nil
	}
	return target, os.CopyFS(folder, peerFiles)
}
