package execute

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/mod/modfile"

	"balanced/bnn/store"
	"balanced/internal/jupyter/kernel"
	"balanced/internal/jupyter/nbformat"
	"balanced/internal/jupyter/runner"
	"balanced/internal/progress"
	"balanced/internal/project"
	"balanced/internal/project/recall"
)

// Chapters is Run for notebooks of a project. Chapters that were executed before, by the same code
// from the same data, are taken from the store, unless their outputs are to be checked. A store that
// cannot be read or written is told of, and then chapters are executed.
func Chapters(ctx context.Context, options runner.Options, opened *project.Project, sources []*runner.Source, say func(string, ...any)) ([]runner.Result, error) {
	if len(opened.Ran) == 0 || options.Check {
		return Run(ctx, options, sources, say)
	}
	say = oneAtATime(say)
	memory, err := open(ctx, opened)
	if err != nil {
		say("bnn: all is executed, and not kept: %v", err)
	}
	if memory == nil {
		return Run(ctx, options, sources, say)
	}
	options.Recall = func(ctx context.Context, path string, n *nbformat.Notebook) (*nbformat.Notebook, error) {
		if !project.IsChapter(project.NameOf(path)) {
			return nil, nil // a notebook of its user's, who may want to see it run
		}
		executed, err := memory.Recall(ctx, path, n)
		if err != nil && ctx.Err() == nil {
			say("bnn: %s is executed: %v", path, err)
			return nil, nil
		}
		return executed, err
	}
	options.Keep = func(path string, executed *nbformat.Notebook) error {
		if !project.IsChapter(project.NameOf(path)) {
			return nil
		}
		if err := memory.Keep(path, executed); err != nil {
			say("bnn: %s is not kept for the next run: %v", path, err)
		}
		return nil
	}
	results, err := Run(ctx, options, sources, say)
	if lost := memory.Close(); lost != nil {
		say("bnn: chapters are not kept for the next run: %v", lost)
	}
	return results, err
}

func open(ctx context.Context, opened *project.Project) (*recall.Memory, error) {
	kept, err := store.Default()
	if err != nil {
		return nil, err
	}
	return recall.Open(ctx, kept, opened.Root, opened.Variant)
}

// oneAtATime lets several say something: lines come from notebooks, from the run and from the log of
// its progress.
func oneAtATime(say func(string, ...any)) func(string, ...any) {
	var lines sync.Mutex
	return func(format string, values ...any) {
		lines.Lock()
		defer lines.Unlock()
		say(format, values...)
	}
}

// Run runs notebooks and says how far they are.
func Run(ctx context.Context, options runner.Options, sources []*runner.Source, say func(string, ...any)) ([]runner.Result, error) {
	say = oneAtATime(say)
	cells := 0
	for _, source := range sources {
		cells += source.Notebook.CodeCells()
	}
	sayWhatRuns(say, len(sources), cells, options.Tools.Module != "")
	bar, log := progress.NewBar("cells", cells), newProgressLog(cells, say)
	started := 0
	options.Progress = func(event runner.Event) {
		log.Note(event)
		switch {
		case !event.Done:
			bar.Set(started)
			started++
		case event.Recalled && event.Err == nil:
			bar.Finish()
			say("%s: %s, as executed before", event.Notebook, counted(event.Cells, "cell"))
		case event.Err == nil:
			bar.Finish()
			say("%s: %s, all well", event.Notebook, counted(event.Cells, "cell"))
		}
	}
	results, err := runner.Run(ctx, options, sources)
	bar.Finish()
	log.Finish()
	return results, err
}

// Kernel builds the kernel, and says so when that takes its time: the first time.
func Kernel(ctx context.Context, messages io.Writer, folders ...string) (kernel.Tools, error) {
	defer Announce(messages, "compiling the notebook kernel; this is done once and takes a minute or two")()
	return kernel.Build(ctx, folders...)
}

// Folders are where the project is looked for: around the working directory, and
// around the notebooks.
func Folders(paths []string) []string {
	folders := []string{"."}
	for _, path := range paths {
		folders = append(folders, filepath.Dir(path))
	}
	return folders
}

// Root is the project that a run of notebooks is of, "" for none: that around the working folder or
// around the notebooks, unless all of them are in a module of somebody else.
func Root(paths []string) string {
	ours := len(paths) == 0
	for _, path := range paths {
		ours = ours || !elsewhere(filepath.Dir(path))
	}
	root, err := kernel.FindModule(Folders(paths))
	if err != nil || !ours {
		return ""
	}
	return root
}

// elsewhere tells whether the first go.mod in or above a folder is not that of the project.
func elsewhere(folder string) bool {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return false
	}
	for {
		if data, err := os.ReadFile(filepath.Join(folder, "go.mod")); err == nil {
			return modfile.ModulePath(data) != kernel.Module
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return false
		}
		folder = parent
	}
}
