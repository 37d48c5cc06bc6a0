package explorer

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"balanced/internal/browser"
	"balanced/internal/verification"
)

// move lets the page move, as most readers see it.
func move(page *browser.Page) {
	page.Do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "no-preference"}},
		})
		return err
	}))
}

// play moves sliders and presses buttons, forty times a second but for pauses, as numbers
// from a simple generator say.
const play = `(async (seconds, seed) => {
	let random = seed;
	const next = (count) => {
		random = (random * 48271) % 2147483647;
		return random % count;
	};
	const press = (part) => document.querySelector('[data-part="' + part + '"]').click();
	const select = document.querySelector("[data-part=preset]");
	const end = performance.now() + 1000 * seconds;
	while (performance.now() < end) {
		const dice = next(200);
		if (dice < 2) {
			select.selectedIndex = next(select.options.length);
			select.dispatchEvent(new Event("change", {bubbles: true}));
		} else if (dice < 12) press(["kick", "pulse", "seed", "run", "reset"][next(5)]);
		else if (dice < 60) await new Promise(done => setTimeout(done, 160)); // a simulation begins after 120
		else {
			const sliders = document.querySelectorAll(".slider input[type=range]");
			const slider = sliders[next(sliders.length)];
			slider.value = Number(slider.value) + (next(21) - 10) * slider.step;
			slider.dispatchEvent(new Event("input", {bubbles: true}));
		}
		await new Promise(done => setTimeout(done, 25));
	}
	return true;
})`

// heap is the JavaScript heap of the page in bytes, after a collection.
func heap(t *testing.T, page *browser.Page) float64 {
	t.Helper()
	var used float64
	page.Do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		if _, err := cdp.Call(ctx, tab, heapprofiler.CollectGarbage, cdp.Empty{}); err != nil {
			return err
		}
		usage, err := cdp.Call(ctx, tab, runtime.GetHeapUsage, cdp.Empty{})
		if err == nil {
			used = usage.UsedSize
		}
		return err
	}))
	return used
}

func memory(t *testing.T, page *browser.Page) (script, programs float64) {
	t.Helper()
	return heap(t, page), browser.Eval[float64](page, "explorer.memory()")
}

// Some five hundred moves must not grow the memory, of the page or of its programs.
func TestPlayGrowsNoMemory(t *testing.T) {
	verification.Only(t)
	t.Parallel()
	page := open(t, "")
	move(page)
	// The largest network first: the programs keep what memory they ever needed.
	browser.Eval[bool](page, `(location.hash = "#preset=tipping&n=20000", true)`)
	until(page, "explorer.simulation.shown > 10")
	browser.Eval[bool](page, `(location.hash = "#preset=abstract", true)`)
	browser.Eval[bool](page, play+"(10, 1)")
	script, programs := memory(t, page)
	browser.Eval[bool](page, play+"(15, 2)")
	browser.Eval[bool](page, play+"(20, 3)")
	scriptAfter, programsAfter := memory(t, page)
	t.Logf("JavaScript heap %.2f MB, then %.2f MB; WebAssembly %.1f MB, then %.1f MB", script/1e6, scriptAfter/1e6, programs/1e6, programsAfter/1e6)
	if grown := scriptAfter - script; grown > 1e6 {
		t.Errorf("the JavaScript heap has grown by %.2f MB", grown/1e6)
	}
	if grown := programsAfter - programs; grown > 8e6 {
		t.Errorf("the memory of the programs has grown by %.1f MB", grown/1e6)
	}
	page.Report(browser.Quiet(page))
}

// While a slider moves, answers come within 20 ms on a machine with a core to spare. The
// bound is for machines that have none.
func TestLimitIsQuick(t *testing.T) {
	verification.Only(t)
	page := open(t, "")
	click(page, "run") // pauses the simulation
	var times []float64
	for round := 0; round < 3 || round < 30 && times[0] > 100; round++ { // longer on a busy machine
		times = append(times, browser.Eval[[]float64](page, `(async () => {
			const slider = document.getElementById("slider-E.slope"), times = [];
			for (let i = 0; i < 30; i++) {
				slider.value = 1 + 0.05 * i;
				slider.dispatchEvent(new Event("input", {bubbles: true}));
				while (!explorer.settled) await new Promise(done => setTimeout(done, 1));
				times.push(explorer.milliseconds.limit);
			}
			return times;
		})()`)...)
		slices.Sort(times)
	}
	t.Logf("%d answers: least %.1f ms, median %.1f ms, most %.1f ms", len(times), times[0], times[len(times)/2], times[len(times)-1])
	if least := time.Duration(times[0] * float64(time.Millisecond)); least > 100*time.Millisecond {
		t.Errorf("the quickest answer took %v", least)
	}
}
