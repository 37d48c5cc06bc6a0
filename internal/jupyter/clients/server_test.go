package clients

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"balanced/internal/browser"
	"balanced/internal/jupyter/kernel"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience is how long a server may take to start, and a chapter to run, on a machine that
// compiles its cells for the first time and is busy with other tests.
const patience = 3 * time.Minute

// serve starts JupyterLab or Jupyter Notebook for the copies of notebooks on the desk, and
// returns its address. Kernels run in the project, in the folder that the notebook there is in.
func (d desk) serve(t *testing.T, program string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	said, err := os.Create(filepath.Join(d.folder, "server.log"))
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), program, "--no-browser", "--allow-root", fmt.Sprintf("--port=%d", port), "--ServerApp.port_retries=0",
		"--IdentityProvider.token="+token, "--ServerApp.root_dir="+d.folder, "--MappingKernelManager.root_dir="+d.project)
	command.Dir, command.Env, command.Stdout, command.Stderr = d.folder, d.environment, said, said
	// Asked so, it ends its kernels too.
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = time.Minute
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Wait() // it has been ended
		if err := said.Close(); err != nil {
			t.Error(err)
		}
	})
	address := fmt.Sprintf("http://127.0.0.1:%d", port)
	for deadline := time.Now().Add(patience); ; time.Sleep(100 * time.Millisecond) {
		answer, err := http.Get(address + "/api/status?token=" + token)
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return address
			}
		}
		if time.Now().After(deadline) {
			text, _ := os.ReadFile(said.Name())
			t.Fatalf("%s does not answer: %v\n%s", program, err, text)
		}
	}
}

const token = "of-a-test"

// A front is a notebook that is open in a page of JupyterLab or Jupyter Notebook.
type front struct {
	t    *testing.T
	page *browser.Page
}

// open opens a notebook in a window so high that all of its cells are drawn.
func open(t *testing.T, address string) front {
	t.Helper()
	f := front{t, browser.Start(t).Open(t, address+"?token="+token, browser.View{Width: 1400, Height: 9000})}
	f.await("the notebook is shown", `document.querySelectorAll(".jp-Notebook .jp-CodeCell .jp-InputPrompt").length > 0`)
	f.await("it names its kernel", `document.querySelector(".jp-Toolbar-kernelName")?.textContent.includes("`+kernel.DisplayName+`")`)
	for deadline := time.Now().Add(patience); !f.connected(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it does not connect to its kernel: %s", f.state())
		}
	}
	return f
}

// connected tells whether the page has a channel to a kernel, without which cells are not run.
func (f front) connected() bool {
	return slices.ContainsFunc(f.page.Requests(), func(r browser.Request) bool { return strings.Contains(r.URL, "/channels?") })
}

// await waits until an expression of JavaScript holds.
func (f front) await(what, holds string) {
	f.t.Helper()
	for deadline := time.Now().Add(patience); !browser.Eval[bool](f.page, "Boolean("+holds+")"); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			f.t.Fatalf("it does not come to be that %s: %s", what, f.state())
		}
	}
}

// state is what is seen of the notebook, for messages.
func (f front) state() string {
	return browser.Eval[string](f.page, `JSON.stringify([`+status+`, `+prompts+`,
		[...document.querySelectorAll(".jp-Dialog, .Toastify__toast, .jp-Notebook .jp-OutputArea-output")].map(shown => shown.innerText.slice(0, 300))])`)
}

// What one reads off the page: the status of the kernel, and the numbers beside code cells.
const (
	status  = `document.querySelector(".jp-Notebook-ExecutionIndicator")?.dataset.status`
	prompts = `[...document.querySelectorAll(".jp-Notebook .jp-CodeCell .jp-InputPrompt")].map(prompt => prompt.textContent.replace(/[:\s]/g, "")).join(" ")`
)

// outputs is an expression for the text that the outputs of a code cell show, counted from 0.
func outputs(cell int) string {
	return fmt.Sprintf(`[...document.querySelectorAll(".jp-Notebook .jp-CodeCell")[%d].querySelectorAll(".jp-OutputArea-output")]
		.map(shown => shown.innerText).join("")`, cell)
}

// click moves the mouse to what a selector of CSS finds and shows the text, and clicks on it:
// an entry of a menu is chosen only if the mouse has come to it.
func (f front) click(selector, text string) {
	f.t.Helper()
	found := fmt.Sprintf(`[...document.querySelectorAll(%q)].find(part => part.offsetHeight > 0 && part.textContent.includes(%q))`, selector, text)
	f.await("there is "+selector+" "+text, found+" !== undefined")
	at := browser.Eval[[2]float64](f.page, `(box => [box.x + box.width / 2, box.y + box.height / 2])(`+found+`.getBoundingClientRect())`)
	f.page.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0], at[1]), chromedp.MouseClickXY(at[0], at[1]))
}

// runAll chooses Run All Cells in the menu Run, once more if the notebook was not ready for it.
func (f front) runAll() {
	f.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		f.click(".lm-MenuBar-item", "Run")
		f.click(`.lm-Menu-item[data-command="runmenu:run-all"]`, "")
		for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
			if browser.Eval[bool](f.page, prompts+`.includes("*")`) {
				return
			}
		}
		f.page.Do(chromedp.KeyEvent(kb.Escape))
	}
	f.t.Fatalf("no cell waits to be run: %s", f.state())
}

// press presses a button of the toolbar, and if that asks, says yes.
func (f front) press(command string, asks bool) {
	f.t.Helper()
	f.click(`.jp-Toolbar [data-command="`+command+`"]`, "")
	if asks {
		f.click(".jp-Dialog button.jp-mod-accept", "")
		f.await("the dialog is closed", `!document.querySelector(".jp-Dialog")`)
	}
}

// errors are what the console has of errors, but for those that the program itself makes,
// whatever the notebook.
func (f front) errors(own ...string) (list []string) {
	for _, message := range f.page.Messages() {
		level, _, _ := strings.Cut(message, ":")
		known := level == "warning"
		for _, text := range own {
			known = known || strings.Contains(message, text)
		}
		if !known {
			list = append(list, message)
		}
	}
	return list
}
