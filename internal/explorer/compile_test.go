package explorer

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"balanced/internal/verification"
)

// module is the root folder of the project.
const module = "../.."

// compiled is the script, made once for all tests.
var compiled = sync.OnceValues(func() ([]byte, error) {
	// Go repeats a test when a file changes that it has opened itself.
	for _, folder := range []string{"program", "model"} {
		paths, err := filepath.Glob(folder + "/*")
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			if _, err := os.ReadFile(path); err != nil {
				return nil, err
			}
		}
	}
	return Compile(context.Background(), module)
})

func TestCompile(t *testing.T) {
	verification.Long(t)
	script, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	if size := len(script); size < 1_000_000 || size > 6_000_000 {
		t.Errorf("%d bytes", size)
	}
	worker, wasm := parts(t, script)
	for _, part := range []string{"globalThis.Go = class", `"use strict"`, "onmessage = "} {
		if !strings.Contains(worker, part) {
			t.Errorf("the worker has no %s", part)
		}
	}
	if !bytes.HasPrefix(wasm, []byte("\x00asm\x01\x00\x00\x00")) {
		t.Errorf("the program begins with %q", wasm[:8])
	}
	// Names of folders of this machine would make the bytes differ between machines.
	folder, err := filepath.Abs(module)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(wasm, []byte(folder)) {
		t.Errorf("the program contains the name of the folder %s", folder)
	}
	again, err := Compile(t.Context(), folder)
	if err != nil || !bytes.Equal(again, script) {
		t.Errorf("compiled again it is another script: %v", err)
	}
}

// parts reads the script as a browser would.
func parts(t *testing.T, script []byte) (worker string, wasm []byte) {
	t.Helper()
	object, isObject := bytes.CutPrefix(script, []byte("globalThis.explorerProgram = "))
	object, isEnded := bytes.CutSuffix(object, []byte(";\n"))
	var texts struct{ Worker, Wasm string }
	if err := json.Unmarshal(object, &texts); err != nil || !isObject || !isEnded {
		t.Fatal(isObject, isEnded, err)
	}
	zipped, err := base64.StdEncoding.DecodeString(texts.Wasm)
	if err != nil {
		t.Fatal(err)
	}
	reader, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		t.Fatal(err)
	}
	if wasm, err = io.ReadAll(reader); err != nil {
		t.Fatal(err)
	}
	return texts.Worker, wasm
}

func TestCompileErrors(t *testing.T) {
	broken := t.TempDir()
	write := func(name, content string) {
		path := filepath.Join(broken, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	wantError := func(ctx context.Context, want string) {
		t.Helper()
		if script, err := Compile(ctx, broken); script != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%d bytes, error %v, want %s", len(script), err, want)
		}
	}
	write("go.mod", "module broken\n\ngo 1.26.0\n")
	wantError(t.Context(), "directory not found")
	write(Source+"/main.go", "package main\n\nfunc main() { undefinedName() }\n")
	wantError(t.Context(), "undefined: undefinedName")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	wantError(ended, "context canceled")
	t.Setenv("PATH", t.TempDir())
	wantError(t.Context(), "there is no go program on PATH")
}
