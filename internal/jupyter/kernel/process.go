package kernel

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"
)

// process is the operating system's side of a kernel: the program, everything
// it starts, and a private folder that goes when it ends.
type process struct {
	command *exec.Cmd
	folder  string
	ended   chan struct{} // closed when the program has ended
	status  error         // how, readable once ended is closed
}

// newFolder makes the private folder of a kernel. Its name has always the same
// length, since it gets into compiled programs, and is short, since names of
// sockets may not have more than about 100 bytes.
func newFolder() (string, error) {
	parent := os.TempDir()
	if len(parent) > 60 {
		parent = "/tmp"
	}
	folder := filepath.Join(parent, "bnn-"+randomHex(4))
	if err := os.Mkdir(folder, 0o700); err != nil {
		return "", fmt.Errorf("no private folder for the kernel: %w", err)
	}
	for _, name := range []string{"tmp", "bin"} {
		if err := os.Mkdir(filepath.Join(folder, name), 0o700); err != nil {
			return "", err
		}
	}
	// GoNB starts gopls, if there is one, in a process group of its own, where
	// it would survive a kill. An empty program of that name cannot be started.
	return folder, os.WriteFile(filepath.Join(folder, "bin", "gopls"), nil, 0o700)
}

// command is the program of a kernel, with its arguments and environment.
func (t Tools) command(folder, connectionFile string, environment []string) *exec.Cmd {
	command := exec.Command(t.gonb(), Arguments(connectionFile)...)
	command.Env = append(append(os.Environ(), environment...),
		"PATH="+filepath.Join(folder, "bin")+string(os.PathListSeparator)+t.path(os.Getenv("PATH")),
		"GOFLAGS="+t.GoFlags,
	)
	return command
}

// startProcess starts a kernel program in the directory of its notebook.
func startProcess(command *exec.Cmd, folder, directory string) (*process, error) {
	log, err := os.Create(filepath.Join(folder, "log"))
	if err != nil {
		return nil, err
	}
	defer log.Close() // the program has its own handle
	command.Dir = directory
	command.Env = append(command.Env, "TMPDIR="+filepath.Join(folder, "tmp"), "PWD="+directory)
	command.Stdout, command.Stderr = log, log
	if err := prepareGroup(command); err != nil {
		return nil, err
	}
	p := &process{command: command, folder: folder, ended: make(chan struct{})}
	started := make(chan error)
	go func() {
		// The thread is to live as long as the program, which ends with it.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := command.Start()
		started <- err
		if err != nil {
			return
		}
		p.status = command.Wait()
		killGroup(command) // what the kernel left running
		close(p.ended)
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("cannot start the kernel: %w", err)
	}
	return p, nil
}

// Arguments are GoNB's arguments; errors come as text, not as HTML.
func Arguments(connectionFile string) []string {
	return []string{"--kernel", connectionFile, "--raw_error", "--force_deps"}
}

// waitFor tells whether the program ends within the time.
func (p *process) waitFor(limit time.Duration) bool {
	select {
	case <-p.ended:
		return true
	case <-time.After(limit):
	}
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}

// end kills whatever still runs and removes the folder.
func (p *process) end() error {
	if !p.waitFor(0) {
		killGroup(p.command)
	}
	<-p.ended
	return os.RemoveAll(p.folder)
}

var terminalCodes = regexp.MustCompile(`\x1b(\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\))`)

// logTail returns the last lines the kernel wrote, as plain text.
func (p *process) logTail() string {
	data, err := os.ReadFile(filepath.Join(p.folder, "log"))
	if err != nil || len(data) == 0 {
		return "(it wrote nothing)"
	}
	lines := strings.Split(strings.TrimSpace(Plain(string(data))), "\n")
	return strings.Join(lines[max(0, len(lines)-20):], "\n")
}

// Plain returns the text without the codes that set colors and move the cursor
// of a terminal.
func Plain(text string) string {
	return terminalCodes.ReplaceAllString(text, "")
}
