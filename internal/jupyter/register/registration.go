package register

import (
	"context"
	"debug/buildinfo"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"balanced/internal/jupyter/kernel"
)

// minimal is the environment of a Jupyter that was not started from a shell.
func minimal() map[string]string {
	environment := map[string]string{"PATH": strings.Join(systemPath[1:], string(os.PathListSeparator))}
	if home, err := os.UserHomeDir(); err == nil {
		environment["HOME"] = home
	}
	return environment
}

// environment is what the kernel is started with by a Jupyter of the minimal environment.
func (s specification) environment() map[string]string {
	environment := minimal()
	expanded := map[string]string{}
	for name, value := range s.Environment {
		expanded[name] = expand(value, environment)
	}
	maps.Copy(environment, expanded)
	return environment
}

// lookUp finds a program on a PATH.
func lookUp(program, path string) (string, bool) {
	for _, folder := range filepath.SplitList(path) {
		candidate := filepath.Join(folder, program)
		if runs(candidate) {
			return candidate, true
		}
	}
	return "", false
}

// runs tells whether a file is a program.
func runs(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o111 != 0
}

// unlikePinned says what about the programs of a kernel is not as the project pins it,
// or "".
func unlikePinned(tools kernel.Tools, s specification) string {
	path := s.environment()["PATH"]
	gonb := s.Arguments[0]
	if !strings.ContainsRune(gonb, filepath.Separator) {
		found, ok := lookUp(gonb, path)
		if !ok {
			return fmt.Sprintf("the program %s is not on its PATH", gonb)
		}
		gonb = found
	}
	if !runs(gonb) {
		return fmt.Sprintf("the program %s is not there", gonb)
	}
	if version := moduleVersion(gonb); !slices.Contains(tools.Pinned, version) {
		return fmt.Sprintf("the program %s is %s, and the project pins %s", gonb, version, tools.Pinned[0])
	}
	for _, program := range []string{"go", "goimports"} {
		if _, ok := lookUp(program, path); !ok {
			return fmt.Sprintf("the program %s is not on the PATH that it gives to GoNB", program)
		}
	}
	return ""
}

// moduleVersion is what a Go program says it was built from.
func moduleVersion(path string) string {
	info, err := buildinfo.ReadFile(path)
	if err != nil {
		return "no Go program"
	}
	return info.Main.Path + " " + info.Main.Version
}

// answerTime is far above the few seconds that a first cell takes.
const answerTime = 2 * time.Minute

// answers starts the kernel in a folder as Jupyter would, and has it compute something.
func answers(ctx context.Context, folder string) Check {
	if err := compute(ctx, folder); err != nil {
		return Check{Missing, "the kernel does not answer: " + err.Error(), install}
	}
	return Check{OK, "the kernel answers when Jupyter starts it with a PATH of " + minimal()["PATH"], ""}
}

func compute(ctx context.Context, folder string) error {
	s, err := readSpecification(folder)
	if err != nil {
		return err
	}
	if len(s.Arguments) == 0 {
		return fmt.Errorf("%s names no program", filepath.Join(folder, "kernel.json"))
	}
	if _, err := exec.LookPath(s.Arguments[0]); err != nil {
		return err
	}
	var environment []string
	for name, value := range s.environment() {
		environment = append(environment, name+"="+value)
	}
	directory, err := os.MkdirTemp("", "bnn-doctor-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(directory)
	arguments := slices.Clone(s.Arguments)
	for i, word := range arguments {
		arguments[i] = strings.ReplaceAll(word, "{resource_dir}", folder)
	}
	slices.Sort(environment)
	k, err := kernel.StartCommand(ctx, directory, arguments, environment)
	if err != nil {
		return err
	}
	defer k.Close()
	execution, err := k.Execute(ctx, "%%\nfmt.Println(1+1)", answerTime)
	if err != nil {
		return err
	}
	outputs := execution.Outputs()
	if failure := execution.Failure(); failure != "" || len(outputs) != 1 || outputs[0].Text != "2\n" {
		return fmt.Errorf("1+1 gives %v %s", outputs, failure)
	}
	return nil
}
