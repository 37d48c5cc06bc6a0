package execute

import (
	"context"
	"io"
	"path/filepath"
	"sync"

	"balanced/internal/jupyter/kernel"
	"balanced/internal/jupyter/runner"
	"balanced/internal/progress"
)

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
