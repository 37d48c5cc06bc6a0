package explorer

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Source is the folder, in the project, of the program that runs in the workers.
const Source = "internal/explorer/program"

// Compile returns the script explorer.wasm.js, which defines
//
//	globalThis.explorerProgram = {worker: "…", wasm: "…"}
//
// with the text of the worker, Go's part included, and the compiled program, gzipped and
// in base64: about 2.5 MB. The module is the root folder of the project, which the
// go program on PATH compiles, in some seconds or, the first time, a minute. The bytes depend
// on the project and the version of Go alone. The error holds what the compiler says.
func Compile(ctx context.Context, module string) ([]byte, error) {
	root, err := runGo(ctx, module, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	support, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return nil, fmt.Errorf("support of WebAssembly in GOROOT: %w", err)
	}
	folder, err := os.MkdirTemp("", "explorer-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "program.wasm")
	if _, err := runGo(ctx, module, "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", path, "./"+Source); err != nil {
		return nil, err
	}
	program, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	worker, err := assets.ReadFile("assets/worker.js")
	if err != nil {
		return nil, err
	}
	return script(string(support)+string(worker), program)
}

// script writes the two parts.
func script(worker string, program []byte) ([]byte, error) {
	var zipped bytes.Buffer
	zip, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := zip.Write(program); err != nil {
		return nil, err
	}
	if err := zip.Close(); err != nil {
		return nil, err
	}
	parts, err := json.Marshal(struct {
		Worker string `json:"worker"`
		Wasm   string `json:"wasm"`
	}{worker, base64.StdEncoding.EncodeToString(zipped.Bytes())})
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "globalThis.explorerProgram = %s;\n", parts), nil
}

// runGo runs the go program for WebAssembly, with go.mod and these arguments alone to decide.
func runGo(ctx context.Context, module string, arguments ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, "go", arguments...)
	command.Dir = module
	command.Env = append(os.Environ(), "PWD="+module, "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0",
		"GOWORK=off", "GOFLAGS=", "GOWASM=", "GOEXPERIMENT=")
	var problems bytes.Buffer
	command.Stderr = &problems
	out, err := command.Output()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, errors.New("there is no go program on PATH; the explorer is compiled by Go, see https://go.dev/dl")
	}
	if err != nil {
		return nil, fmt.Errorf("compiling the explorer: go %s: %w\n%s", arguments[0], err, bytes.TrimSpace(problems.Bytes()))
	}
	return out, nil
}
