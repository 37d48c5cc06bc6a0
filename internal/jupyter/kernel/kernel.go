package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"balanced/internal/jupyter/nbformat"
)

// The name and the title under which Jupyter knows the kernel.
const (
	Name        = "gonb"
	DisplayName = "Go (gonb)"
)

// A Kernel is one running GoNB. Its methods must not be called at the same
// time.
type Kernel struct {
	process  *process
	client   *client
	displays map[string][]*nbformat.Output // by display id
	tidy     *strings.Replacer
	busy     bool
}

// ErrTimeout is the error of a cell that runs for too long.
var ErrTimeout = errors.New("the cell did not finish in time")

// startLimit is far above the half second a kernel needs to start.
const startLimit = 60 * time.Second

// Start starts a kernel in a directory, which must be that of the notebook. Its
// cells find the variables of environment (NAME=VALUE) and those of this
// process. It returns when the kernel answers. The kernel must be closed.
func Start(ctx context.Context, tools Tools, directory string, environment ...string) (*Kernel, error) {
	return launch(ctx, directory, tools.Module, func(folder, connectionFile string) *exec.Cmd {
		return tools.command(folder, connectionFile, environment)
	})
}

// StartCommand starts a kernel in a directory as Jupyter would: by a command, in which
// {connection_file} stands for the file that describes the connection, and with nothing
// but an environment (NAME=VALUE). Otherwise it is like Start.
func StartCommand(ctx context.Context, directory string, arguments, environment []string) (*Kernel, error) {
	return launch(ctx, directory, directory, func(_, connectionFile string) *exec.Cmd {
		var words []string
		for _, word := range arguments {
			words = append(words, strings.ReplaceAll(word, "{connection_file}", connectionFile))
		}
		command := exec.Command(words[0], words[1:]...)
		command.Env = slices.Clone(environment)
		return command
	})
}

// launch starts the program that command makes for a folder and a connection file.
// Outputs leave out the name of the module's folder.
func launch(ctx context.Context, directory, module string, command func(folder, connectionFile string) *exec.Cmd) (*Kernel, error) {
	directory, err := filepath.Abs(directory)
	if err != nil {
		return nil, err
	}
	folder, err := newFolder()
	if err != nil {
		return nil, err
	}
	connection, file, err := writeConnection(folder)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	process, err := startProcess(command(folder, file), folder, directory)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	hidden := []string{filepath.Join(folder, "tmp"), "GONB_TMP_DIR"}
	if module != "" {
		hidden = append(hidden, strings.TrimSuffix(module, "/")+"/", "")
	}
	k := &Kernel{
		process:  process,
		displays: map[string][]*nbformat.Output{},
		tidy:     strings.NewReplacer(hidden...),
	}
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	go func() {
		select {
		case <-process.ended:
			cancel() // nothing to wait for any more
		case <-ctx.Done():
		}
	}()
	if k.client, err = dial(ctx, connection); err == nil {
		err = k.greet(ctx)
	}
	if err != nil {
		err = k.explain(err)
		return nil, errors.Join(err, k.Close())
	}
	return k, nil
}

// greet asks for the kernel's information until its answer has come on both
// channels: what a kernel publishes before it knows its listener is lost.
func (k *Kernel) greet(ctx context.Context) error {
	answered, published := false, false
	for {
		if _, err := k.client.send("shell", "kernel_info_request", struct{}{}); err != nil {
			return err
		}
		again := time.After(200 * time.Millisecond)
		for waiting := true; waiting; {
			select {
			case next := <-k.client.arrivals:
				if next.err != nil {
					return next.err
				}
				answered = answered || next.channel == "shell"
				published = published || next.channel == "iopub"
				if answered && published {
					return nil
				}
			case <-again:
				waiting = false
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

// Execute runs one cell and returns what came of it, also with an error, which
// tells that the kernel is of no use any more: the context has ended,
// ErrTimeout, the kernel has died, ErrInput, ErrOutput, or a message is forged. A cell that fails is no error; see Execution.Failure.
func (k *Kernel) Execute(ctx context.Context, source string, limit time.Duration) (*Execution, error) {
	return k.execute(ctx, source, true, limit)
}

// ExecuteTogether runs a source that was made of several cells. GoNB counts none of them: see Count.
func (k *Kernel) ExecuteTogether(ctx context.Context, source string, limit time.Duration) (*Execution, error) {
	return k.execute(ctx, source, false, limit)
}

// Count lets GoNB count cells that were executed together, which it names by their numbers.
func (k *Kernel) Count(ctx context.Context, cells int, limit time.Duration) error {
	for range cells {
		if _, err := k.execute(ctx, "", true, limit); err != nil { // counts, and does nothing
			return err
		}
	}
	return nil
}

func (k *Kernel) execute(ctx context.Context, source string, counts bool, limit time.Duration) (*Execution, error) {
	execution := &Execution{streams: map[string]*strings.Builder{}, tidy: k.tidy}
	ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("%w (%v)", ErrTimeout, limit))
	defer cancel()
	id, err := k.client.send("shell", "execute_request", map[string]any{
		"code": source, "silent": false, "store_history": counts,
		"user_expressions": struct{}{}, "allow_stdin": false, "stop_on_error": true,
	})
	if err != nil {
		return execution, k.explain(err)
	}
	k.busy = true
	watch := inputWatch{process: k.process}
	look := time.NewTicker(inputInterval)
	defer look.Stop()
	replied, idle := false, false
	for !replied || !idle {
		select {
		case next := <-k.client.arrivals:
			if next.err != nil {
				return execution, k.explain(next.err)
			}
			if next.message.Parent.ID != id {
				continue // the late end of an earlier cell
			}
			watch.output()
			switch next.message.Header.Type {
			case "execute_reply":
				replied = true
				err = execution.reply(next.message.Content)
			case "status":
				idle = idle || strings.Contains(string(next.message.Content), `"idle"`)
			case "input_request":
				k.drain(execution, id)
				err = ErrInput
			default:
				err = execution.collect(next.message.Header.Type, next.message.Content, k.displays)
			}
			if err != nil {
				return execution, err
			}
		case <-look.C:
			if watch.waits() {
				k.drain(execution, id)
				return execution, ErrInput
			}
		case <-k.process.ended:
			k.drain(execution, id)
			return execution, k.explain(nil)
		case <-ctx.Done():
			return execution, context.Cause(ctx)
		}
	}
	k.busy = false
	return execution, nil
}

// reply takes the error of a reply, in case the kernel did not publish it.
func (e *Execution) reply(content json.RawMessage) error {
	var body struct{ Status string }
	if err := json.Unmarshal(content, &body); err != nil {
		return fmt.Errorf("reply of the kernel: %w", err)
	}
	if body.Status == "ok" || e.error != nil {
		return nil
	}
	return e.collect("error", content, nil)
}

// drain collects what was sent before the end was known: the order of messages
// on different channels is not kept.
func (k *Kernel) drain(execution *Execution, id string) {
	for {
		select {
		case next := <-k.client.arrivals:
			if next.err == nil && next.message.Parent.ID == id {
				execution.collect(next.message.Header.Type, next.message.Content, k.displays)
			}
		case <-time.After(100 * time.Millisecond):
			return
		}
	}
}

// explain adds to the error of a channel that the kernel has died, and what it
// had to say, if so.
func (k *Kernel) explain(err error) error {
	limit := 5 * time.Second // a channel may end a little before its kernel
	if errors.Is(err, context.Canceled) {
		limit = 0
	}
	if errors.Is(err, errSignature) || !k.process.waitFor(limit) {
		return err
	}
	return fmt.Errorf("the kernel died (%v); its last words:\n%s", k.process.command.ProcessState, k.process.logTail())
}

// Close ends the kernel and all programs it started: a running cell is
// interrupted first, then the kernel is asked to go, then everything that is
// left is killed. Nothing stays in the folder for temporary files.
func (k *Kernel) Close() error {
	if k.client == nil {
		return k.process.end()
	}
	defer k.client.close()
	if k.busy {
		interruptGroup(k.process.command)
		k.process.waitFor(300 * time.Millisecond)
	}
	if _, err := k.client.send("control", "shutdown_request", map[string]any{"restart": false}); err == nil {
		k.process.waitFor(2 * time.Second)
	}
	return k.process.end()
}
