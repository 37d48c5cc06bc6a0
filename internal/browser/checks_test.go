package browser

import (
	"strings"
	"testing"
)

// sound is a page in which no check finds anything, with one of everything.
const sound = `<style>
	body { margin: 0; color: #222; background: #fff; font: 16px/1.5 serif }
	a { color: #1d4f8c } :focus-visible { outline: 2px solid #1d4f8c }
	.scroll { overflow-x: auto } .scroll p { width: 900px }
	@media print { .top, summary { display: none } .scroll { overflow: visible } .scroll p { width: auto } }
	</style>
	<header class="top"><a href="#main">Skip</a></header>
	<main id="main"><h1 id="title">Sound</h1>
	<p>A formula <math alttext="x"><mi>x</mi></math>, <a href="planted.html#title">a link</a> and <a href="https://example.org">another</a>.</p>
	<h2>Figures</h2>
	<figure><img alt="a dot" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Ccircle r='9'/%3E%3C/svg%3E"></figure>
	<svg role="img" aria-label="a line" width="9" height="9"><path d="M0 0L9 9"/></svg>
	<div class="scroll" tabindex="0"><p>wide</p></div>
	<details><summary>Code</summary><p><math><mi>y</mi></math> <button>Act</button></p></details>
	<form><label><input type="radio" name="a"> one</label> <label><input type="radio" name="a"> two</label></form>
	</main>`

// everything is all that the checks find in a page.
func everything(p *Page) []string {
	p.t.Helper()
	var findings []string
	for _, check := range []func(*Page) []string{Layout, Structure, Links, Keyboard, Quiet, onPaper} {
		findings = append(findings, check(p)...)
	}
	return findings
}

func onPaper(p *Page) []string {
	p.t.Helper()
	return Print(p, ".top", "summary")
}

func TestNothingIsWrong(t *testing.T) {
	t.Parallel()
	for _, view := range []View{phone, {Width: 1440, Height: 900, Dark: true}} {
		page := planted(t, sound, view)
		if findings := everything(page); len(findings) > 0 {
			t.Errorf("%v: found %q", view, findings)
		}
	}
}

// TestPlantedFaults puts one fault at a time into the sound page: the check that it is
// meant for finds it.
func TestPlantedFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fault string // at the end of the page
		check func(*Page) []string
		want  string
	}{
		{`<script>console.error("wrong")</script>`, Quiet, "error: wrong"},
		{`<script>console.warn("wrong")</script>`, Quiet, "warning: wrong"},
		{`<script>setTimeout(() => { throw new Error("late") })</script>`, Quiet, "exception: Uncaught Error: late"},
		{`<script src="missing.js"></script>`, Quiet, "failed request: file:"},
		{`<img alt="" src="https://example.org/a.png">`, Quiet, "outside request: https://example.org/a.png"},
		{`<style>@font-face { font-family: f; src: url(https://example.org/f.woff2) } body { font-family: f }</style>`, Quiet, "outside request"},
		{`<script>fetch("https://example.org/spy").catch(() => {})</script>`, Quiet, "outside request: https://example.org/spy"},
		{`<img alt="" src="../elsewhere.png">`, Quiet, "outside request: file:"},
		{`<img alt="" src="data:image/png;base64,AAAA">`, Layout, "image is not decoded"},
		{`<p><math></math></p>`, Layout, "formula without a size"},
		{`<div style="width: 1500px">wide</div>`, Layout, "<div> in #planted “wide”"},
		{`<p>` + strings.Repeat("unbreakable", 150) + `</p>`, Layout, "px wide, the view 390 px"},
		{`<h1>Second</h1>`, Structure, "2 headings of level 1"},
		{`<h4>Deep</h4>`, Structure, "heading of level 4 after one of level 2"},
		{`<figure><img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></figure>`, Structure, "image without alternative text"},
		{`<svg width="9" height="9"><path d="M0 0L9 9"/></svg>`, Structure, "drawing without alternative text"},
		{`<a href="#nowhere">dead</a>`, Links, "no such anchor"},
		{`<a href="planted.html#nowhere">dead</a>`, Links, "no such anchor"},
		{`<a href="missing.html">dead</a>`, Links, "no such file"},
		{`<a href="../out.html">out</a>`, Links, "leaves the page"},
		{`<a href="javascript:void 0">acts</a>`, Links, "leaves the page"},
		{`<button style="outline: none">dim</button>`, Keyboard, "no outline with the focus: <button>"},
		{`<button style="outline: 2px solid red">always</button>`, Keyboard, "no outline with the focus: <button>"},
		{`<button style="position: absolute; left: -999px">away</button>`, Keyboard, "out of sight with the focus: <button>"},
		{`<span inert><button>never</button></span>`, Keyboard, "Tab does not come to <button>"},
		{`<details><summary onclick="event.preventDefault()">stuck</summary><p>x</p></details>`, Keyboard, "Enter does not open: <summary>"},
		{`<p class="top" style="display: block !important">shown</p>`, onPaper, "on paper 1 elements .top are not hidden"},
		{`<div style="overflow: auto; width: 300px"><p style="width: 400px">cut</p></div>`, onPaper, "wider than its box by 100 px: <div>"},
		{`<style>@media print { h2 { width: 900px } }</style>`, onPaper, "the page is 900 px wide, the view 718 px: <h2>"},
		{`<p style="color: #999">pale</p>`, Accessible, "axe-core, color-contrast (serious)"},
		{`<p style="color: #888; font-size: 40px">large and pale</p>`, Accessible, "axe-core, color-contrast (serious)"},
		{`<style>@media (prefers-color-scheme: light) { h2 { color: #ccc } }</style>`, Accessible, "axe-core, color-contrast (serious)"},
		{`<p><input type="text"></p>`, Accessible, "axe-core, label (critical)"},
	} {
		t.Run(c.want, func(t *testing.T) {
			t.Parallel()
			findings := c.check(planted(t, strings.Replace(sound, "</main>", `<div id="planted">`+c.fault+`</div></main>`, 1), phone))
			if len(findings) == 0 {
				t.Fatalf("nothing is found in %s", c.fault)
			}
			if !strings.Contains(strings.Join(findings, "\n"), c.want) {
				t.Errorf("found %q, want %q", findings, c.want)
			}
		})
	}
}

// TestAccessible sees the sound page through, in both schemes.
func TestAccessible(t *testing.T) {
	t.Parallel()
	page := planted(t, sound, phone)
	page.Unfold()
	for _, view := range []View{phone, {Width: 1440, Height: 900, Dark: true}} {
		page.Look(view)
		page.Report(Accessible(page))
	}
}
