package execute

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/mod/modfile"

	"balanced/bnn/store"
	"balanced/internal/jupyter/kernel"
	"balanced/internal/jupyter/runner"
	"balanced/internal/progress"
	"balanced/internal/project"
	"balanced/internal/project/recall"
)

// Chapters is Run for notebooks of a project. Chapters that were executed before, by the same code
// from the same data, are taken from the store, unless their outputs are to be checked.
func Chapters(ctx context.Context, options runner.Options, opened *project.Project, sources []*runner.Source, say func(string, ...any)) ([]runner.Result, error) {
	if len(opened.Ran) == 0 || options.Check {
		return Run(ctx, options, sources, say)
	}
	kept, err := store.Default()
	if err != nil {
		return nil, err
	}
	memory, err := recall.Open(ctx, kept, opened.Root, opened.Variant)
	if err != nil {
		return nil, err
	}
	if memory == nil {
		return Run(ctx, options, sources, say)
	}
	options.Recall, options.Keep = memory.Recall, memory.Keep
	results, err := Run(ctx, options, sources, say)
	return results, errors.Join(err, memory.Close())
}

// Run runs notebooks and says how far they are.
func Run(ctx context.Context, options runner.Options, sources []*runner.Source, say func(string, ...any)) ([]runner.Result, error) {
	// Lines come from the run and from the log of its progress.
	var lines sync.Mutex
	unlocked := say
	say = func(format string, values ...any) {
		lines.Lock()
		defer lines.Unlock()
		unlocked(format, values...)
	}
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
