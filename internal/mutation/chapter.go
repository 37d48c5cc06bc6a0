package mutation

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/janpfeifer/gonb/gonbui/protocol"
	"golang.org/x/sync/errgroup"

	"balanced/analysis"
	"balanced/internal/jupyter/nbformat"
	"balanced/internal/project"
)

// patience is the longest that a chapter may take: a mutation can make an equation endless.
const patience = 10 * time.Minute

// A Book is the chapters that mutations are shown to.
type Book struct {
	Root     string    // of the project
	Messages io.Writer // told how far it is
	names    []string
	programs map[string]string // by name
	folder   string            // temporary, with the copy of the store
}

// tablesChapter shows the tables that are made here: no program that is wrong can change its verdict.
const tablesChapter = "93-what-if-it-were-wrong"

// Open reads the notebooks at the paths, those of all chapters if there are none, and copies the
// store. The chapter of the tables is left out. Close removes the copy.
func Open(root string, messages io.Writer, paths []string) (*Book, error) {
	opened, err := project.Open(root, project.Variant{Quick: true}, paths)
	if err != nil {
		return nil, err
	}
	b := &Book{Root: root, Messages: messages, programs: map[string]string{}}
	for _, name := range opened.Run {
		n, err := nbformat.Read(name)
		if err != nil {
			return nil, err
		}
		text, err := program(n)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if text != "" && project.IsChapter(project.NameOf(name)) && project.NameOf(name) != tablesChapter {
			b.names = append(b.names, project.NameOf(name))
			b.programs[project.NameOf(name)] = text
		}
	}
	if b.folder, err = os.MkdirTemp("", "mutations-"); err != nil {
		return nil, err
	}
	return b, errors.Join(copyStore(b.folder))
}

// Close removes all that was computed.
func (b *Book) Close() error { return os.RemoveAll(b.folder) }

// found is what a chapter finds.
type found struct {
	verdicts []analysis.Verdict // those that it has when it ends
	took     time.Duration
	failure  error // why there are none, as of a program that does not compile
}

// run compiles the chapters with a mutation and runs them, and returns what they find, by name.
func (b *Book) run(ctx context.Context, m Mutation) (map[string]found, error) {
	folder, err := os.MkdirTemp(b.folder, "run-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	texts, err := m.texts(b.Root, b.folder)
	if err != nil {
		return nil, err
	}
	for name, text := range b.programs {
		texts[path.Join(programs, name, "main.go")] = text
	}
	list, err := overlay(b.Root, folder, texts)
	if err != nil {
		return nil, err
	}
	compiled, err := b.build(ctx, list, folder)
	if err != nil {
		return nil, err
	}
	results := make([]found, len(b.names))
	var running errgroup.Group
	running.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range b.names {
		running.Go(func() error {
			begin := time.Now()
			results[i].failure = b.runChapter(ctx, name, compiled, folder, m.Quick())
			results[i].took = time.Since(begin)
			return ctx.Err()
		})
	}
	if err := running.Wait(); err != nil {
		return nil, err
	}
	left, err := project.Left(folder, b.names)
	all := map[string]found{}
	for i, name := range b.names {
		results[i].verdicts = left[name]
		if results[i].failure != nil && len(left[name]) > 0 {
			results[i].failure = nil // a program that shows a verdict which does not hold fails, too
		}
		all[name] = results[i]
	}
	return all, err
}

// programs is the folder of the programs in the project, where only go build sees them.
const programs = "internal/mutation/programs"

// A build is what go build has made of the programs.
type build struct{ folder, said string }

// build compiles all programs at once, so that no package is compiled twice. Of those that do not
// compile there is no file, and the others are there.
func (b *Book) build(ctx context.Context, overlay, folder string) (build, error) {
	made := build{folder: filepath.Join(folder, "programs")}
	if err := os.Mkdir(made.folder, 0o777); err != nil {
		return made, err
	}
	arguments := []string{"build", "-overlay", overlay, "-o", made.folder}
	for _, name := range b.names {
		arguments = append(arguments, "./"+path.Join(programs, name))
	}
	command := exec.CommandContext(ctx, "go", arguments...)
	command.Dir = b.Root
	output, err := command.CombinedOutput()
	if err != nil {
		made.said = fmt.Sprintf("%v: %s", err, output)
	}
	return made, ctx.Err()
}

// runChapter runs the program of a chapter, which leaves its verdicts in the folder.
func (b *Book) runChapter(ctx context.Context, name string, compiled build, folder string, quick bool) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	file := filepath.Join(compiled.folder, name)
	if runtime.GOOS == "windows" {
		file += ".exe"
	}
	if _, err := os.Stat(file); err != nil {
		return errors.New(compiled.said)
	}
	run := exec.CommandContext(ctx, file)
	run.Dir = project.NotebooksFolder(b.Root)
	run.Env = append(os.Environ(), protocol.GONB_DIR_ENV+"="+run.Dir)
	run.Env = append(run.Env, project.Environment(project.Variant{Quick: quick}, folder)...)
	if output, err := run.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, firstLine(output))
	}
	return nil
}

// firstLine is what a program said first, the reason of a panic for one.
func firstLine(output []byte) string {
	line, _, _ := strings.Cut(string(output), "\n")
	return line
}

// texts are the files of a mutation, and of what goes with it: the place of the store, and that
// replicas stay what they are unless it is the simulators that it breaks.
func (m Mutation) texts(root, store string) (map[string]string, error) {
	edits := []Edit{elsewhere(store)}
	if m.Part == Theory || m.Part == Analysis {
		same, err := sameReplicas()
		if err != nil {
			return nil, err
		}
		edits = append(edits, same)
	}
	texts, err := apply(root, append(edits, m.Edits...))
	if err != nil || m.Part != Theory {
		return texts, err
	}
	return texts, addSound(root, texts)
}
