package book

import (
	"encoding/base64"
	"strings"
	"testing"

	"balanced/internal/jupyter/nbformat"
)

// In the attacks RUN is a program that tells that it runs, OUT the address of a server
// elsewhere, which notes that it is asked, and PNG an image.
var attackWords = strings.NewReplacer("RUN", "window.ran=1", "OUT", "http://outside.example/asked", "PNG", pixel)

const pixel = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="

// attacks are outputs of notebooks that do harm if they stand in a page as they are.
var attacks = []struct {
	mime, source string
	remains      string // a part of what is left in the page, or empty:
	refused      string // a part of the error
	acts         bool   // Chromium is seen to run or to load something, without cleaner and policy
	unstopped    bool   // with the policy alone, too, which says nothing of where a page goes
}{
	// Programs.
	{"text/html", `<b>x</b><script>RUN</script>`, "", "<script>", true, false},
	{"text/html", `<img src=x onerror=RUN>`, "", "not in the notebook", true, false},
	{"text/html", `<img src="PNG" onload=RUN>`, `<img src="PNG" alt="Figure 1"/>`, "", true, false},
	{"text/html", `<details ontoggle=RUN open><summary>s</summary>x</details>`, `<details open=""><summary>s</summary>x</details>`, "", true, false},
	{"text/html", `<input autofocus onfocus=RUN>`, "", "<input>", true, false},
	{"text/html", `<iframe srcdoc="<script>parent.window.ran=1</script>"></iframe>`, "", "<iframe>", true, false},
	{"text/html", `<a href="javascript:RUN">x</a>`, "", "scheme", true, false},
	{"text/html", "<a href=\"java\nscript:RUN\">x</a>", "", "link", true, false},
	{"text/html", `<a href="&#1;javascript:RUN">x</a>`, "", "link", true, false},
	{"text/html", `<form action="javascript:RUN"><button>x</button></form>`, "", "<form>", true, false},
	{"text/html", `<math href="javascript:RUN"><mtext>x</mtext></math>`, `<math><mtext>x</mtext></math>`, "", false, false},
	{"text/html", `<math><maction actiontype="statusline" xlink:href="javascript:RUN">x</maction></math>`, "", "<maction>", false, false},
	{"text/html", `<math><annotation-xml encoding="text/html"><img src=x onerror=RUN></annotation-xml></math>`, "", "<annotation-xml>", true, false},
	{"text/html", `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=RUN&gt;">`, "", "<mglyph>", false, false},
	{"text/html", `<svg></p><style><a id="</style><img src=x onerror=RUN>">`, "", "<", true, false},
	{"text/html", `<noscript><p title="</noscript><img src=x onerror=RUN>">`, "", "<noscript>", true, false},
	{"text/html", `<template shadowrootmode=open><img src=x onerror=RUN></template>`, "", "<template>", true, false},
	{"text/html", `<svg><a><animate attributeName=href values=javascript:RUN /><text x=20 y=20>x</text></a></svg>`, "", "<animate>", true, false},
	{"text/html", `<svg><a><set attributeName=href to=javascript:RUN /><text x=20 y=20>x</text></a></svg>`, "", "<set>", true, false},
	{"text/html", `<svg><a xlink:href="javascript:RUN"><text y=20>x</text></a></svg>`, `<img src="data:image/svg+xml;base64,`, "", true, false},
	{"text/html", `<svg onload=RUN><path d="M0,0"/></svg>`, `<img src="data:image/svg+xml;base64,`, "", true, false},
	{"text/html", `<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' onload='RUN'/%3E">`, `<img src="` + drawingURI(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "", false, false},
	{"image/svg+xml", `<svg><a><animate attributeName="href" values="javascript:RUN"/><text x="20" y="20">x</text></a></svg>`, "", "<animate>", true, false},
	{"image/svg+xml", `<svg><a><set attributeName="xlink:href" to="javascript:RUN"/><text x="20" y="20">x</text></a></svg>`, "", "<set>", false, false},
	{"image/svg+xml", `<svg><rect><animate attributeName="x" begin="0s" dur="1s" onbegin="RUN"/></rect></svg>`, "", "<animate>", true, false},
	{"image/svg+xml", `<svg><script>RUN</script></svg>`, "", "<script>", true, false},
	{"image/svg+xml", `<svg onload="RUN"><path d="M0,0"/></svg>`, drawingURI(`<svg xmlns="http://www.w3.org/2000/svg"><path d="M0,0"/></svg>`), "", true, false},
	{"image/svg+xml", `<svg><foreignObject><img src="x" onerror="RUN"/></foreignObject></svg>`, "", "<foreignObject>", true, false},
	{"image/svg+xml", `<svg><use href="data:image/svg+xml,&lt;svg id='a' xmlns='http://www.w3.org/2000/svg'>&lt;script>RUN&lt;/script>&lt;/svg>#a"/></svg>`, "", "outside the drawing", false, false},
	{"text/markdown", `[x](javascript:RUN)`, "", "scheme", false, false},
	{"text/markdown", `<script>RUN</script>`, "", "<script>", true, false},
	{"text/plain", `<script>RUN</script>`, "&lt;script&gt;RUN&lt;/script&gt;", "", true, false},

	// Requests.
	{"text/html", `<img src="OUT">`, "", "not in the notebook", true, false},
	{"text/html", `<img src="PNG" srcset="OUT 1x">`, `<img src="PNG" alt`, "", true, false},
	{"text/html", `<picture><source srcset="OUT"><img src="PNG"></picture>`, "", "<picture>", true, false},
	{"text/html", `<input type=image src="OUT">`, "", "<input>", true, false},
	{"text/html", `<table background="OUT"><tr><td>x</td></tr></table>`, `<table><tbody><tr><td>x</td></tr></tbody></table>`, "", true, false},
	{"text/html", `<link rel=stylesheet href="OUT">`, "", "<link>", true, false},
	{"text/html", `<link rel=preload as=image href="OUT">`, "", "<link>", true, false},
	{"text/html", `<style>@import url(OUT);</style>`, "", "<style>", true, false},
	{"text/html", `<object data="OUT"></object>`, "", "<object>", true, false},
	{"text/html", `<embed src="OUT">`, "", "<embed>", true, false},
	{"text/html", `<iframe src="OUT"></iframe>`, "", "<iframe>", true, false},
	{"text/html", `<video poster="OUT"></video>`, "", "<video>", true, false},
	{"text/html", `<audio src="OUT" autoplay></audio>`, "", "<audio>", true, false},
	{"text/html", `<base href="OUT/"><img src="x.png">`, "", "<base>", false, false},
	{"text/html", `<meta http-equiv="refresh" content="0;url=OUT">`, "", "<meta>", true, true},
	{"text/html", `<p style="background:url(OUT)">x</p>`, `<p>x</p>`, "", true, false},
	{"text/html", `<p style="background:image-set('OUT' 1x)">x</p>`, `<p>x</p>`, "", true, false},
	{"text/html", `<p style="background:\75 rl(OUT)">x</p>`, `<p>x</p>`, "", true, false},
	{"text/html", `<p style="background:u\000072l('OUT')">x</p>`, `<p>x</p>`, "", true, false},
	{"text/html", `<p style="color:red;/**/background:/*;*/url(OUT)">x</p>`, `<p style="color:red">x</p>`, "", true, false},
	{"text/html", `<p style="--a:url(OUT);background:var(--a)">x</p>`, `<p>x</p>`, "", true, false},
	{"text/html", `<ul style="list-style:url(OUT)"><li>x</li></ul>`, `<ul><li>x</li></ul>`, "", true, false},
	{"text/html", `<p style="cursor:url(OUT),auto">x</p>`, `<p>x</p>`, "", true, false},
	{"image/svg+xml", `<svg><image href="OUT" width="9" height="9"/></svg>`, "", "not in the notebook", true, false},
	{"image/svg+xml", `<svg><image xlink:href="OUT" width="9" height="9"/></svg>`, "", "not in the notebook", true, false},
	{"image/svg+xml", `<svg><filter id="f"><feImage href="OUT"/></filter><rect width="9" height="9" filter="url(#f)"/></svg>`, "", "<filter>", true, false},
	{"image/svg+xml", `<svg><style>@import url(OUT); rect{fill:red;mask:url(OUT#a)}</style><rect width="9" height="9"/></svg>`,
		drawingURI(`<svg xmlns="http://www.w3.org/2000/svg"><style>rect{fill:red}</style><rect width="9" height="9"/></svg>`), "", true, false},
	{"image/svg+xml", `<svg><style>@media screen and (prefers-color-scheme: dark){@import url(OUT); @font-face{src:url(OUT)} rect{fill:red;mask:url(OUT#a)}}</style><rect width="9" height="9"/></svg>`,
		drawingURI("<svg xmlns=\"http://www.w3.org/2000/svg\"><style>@media screen and (prefers-color-scheme:dark){\nrect{fill:red}\n}</style><rect width=\"9\" height=\"9\"/></svg>"), "", false, false},
	{"image/svg+xml", `<svg><style>@font-face{font-family:x;src:url(OUT)} text{font-family:x} @media screen{text{fill:red}}</style><text y="9">x</text></svg>`,
		drawingURI(`<svg xmlns="http://www.w3.org/2000/svg"><style>text{font-family:x}</style><text y="9">x</text></svg>`), "", true, false},
	{"image/svg+xml", `<svg><rect width="9" height="9" style="background:url(OUT);fill:red"/></svg>`,
		drawingURI(`<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9" style="fill:red"/></svg>`), "", true, false},
	{"image/svg+xml", `<?xml-stylesheet href="OUT"?><svg><path d="M0,0"/></svg>`,
		drawingURI(`<svg xmlns="http://www.w3.org/2000/svg"><path d="M0,0"/></svg>`), "", false, false},
	{"image/svg+xml", `<!DOCTYPE svg [<!ENTITY x SYSTEM "OUT">]><svg><text>&x;</text></svg>`,
		drawingURI(`<svg xmlns="http://www.w3.org/2000/svg"><text>&amp;x;</text></svg>`), "", false, false},
	{"text/markdown", `![x](OUT)`, "", "not in the notebook", false, false},

	// What looks like the book's own, or covers it.
	{"text/html", `<p class="contents top search skip outcome holds turn card">x</p>`, `<p>x</p>`, "", false, false},
	{"text/html", `<p class="number outcome fails" role="alert" aria-live="assertive">x</p>`, `<p class="number">x</p>`, "", false, false},
	{"text/html", `<math class="outcome holds"><mtext class="holds tml-tag">x</mtext></math>`, `<math><mtext class="tml-tag">x</mtext></math>`, "", false, false},
	{"text/html", `<nav class="contents">x</nav>`, "", "<nav>", false, false},
	{"text/html", `<p id="main">x</p>`, "", `id "main" occurs twice`, false, false},
	{"text/html", `<p style="position:fixed;inset:0;color:red">x</p>`, `<p style="color:red">x</p>`, "", false, false},
	{"text/html", `<p style="position/**/:fixed;top:0">x</p>`, `<p>x</p>`, "", false, false},
	{"text/html", `<p style="\70osition:fixed">x</p>`, `<p>x</p>`, "", false, false},
	{"text/html", `<p style="margin-top:-900px;transform:translateY(-90em);color:var(--text-holds)">x</p>`, `<p>x</p>`, "", false, false},
	{"text/html", `<math><mspace width="-90em"></mspace><mpadded voffset="90em" lspace="-9em"><mi>x</mi></mpadded></math>`, `<math><mspace></mspace><mpadded><mi>x</mi></mpadded></math>`, "", false, false},
	{"text/html", `</div></article></main><p>x</p>`, `<p>x</p>`, "", false, false},
}

// attacked is a notebook with one output.
func attacked(mime, source string) *nbformat.Notebook {
	output := nbformat.Output{Kind: nbformat.DisplayData, Data: map[string]any{mime: source}}
	return &nbformat.Notebook{Cells: []nbformat.Cell{markdown("# Title\n\nClaim."), code("attack()", output)}}
}

// articleOf renders a chapter and returns what is in its article.
func articleOf(n *nbformat.Notebook) (string, error) {
	files, err := render(Book{Chapters: []Chapter{{Slug: "a", Notebook: n}}})
	if err != nil {
		return "", err
	}
	for _, file := range files {
		if file.Name == "a.html" {
			_, after, _ := strings.Cut(string(file.Content), "<article>")
			article, _, _ := strings.Cut(after, "</article>")
			return article, nil
		}
	}
	return "", nil
}

func TestAttacks(t *testing.T) {
	for _, attack := range attacks {
		article, err := articleOf(attacked(attack.mime, attackWords.Replace(attack.source)))
		switch remains := attackWords.Replace(attack.remains); {
		case attack.refused != "":
			if err == nil || !strings.Contains(err.Error(), attack.refused) {
				t.Errorf("%s: error %v, want one with %s; left is %s", attack.source, err, attack.refused, article)
			}
		case err != nil:
			t.Errorf("%s: %v", attack.source, err)
		case !strings.Contains(article, remains):
			t.Errorf("%s:\n left is %s\nwant %s", attack.source, article, remains)
		case strings.Contains(article, "outside.example") || attack.mime != "text/plain" && strings.Contains(article, "ran"+"=1"):
			t.Errorf("%s: left is %s", attack.source, article)
		}
	}
	link := drawingURI(`<svg xmlns="http://www.w3.org/2000/svg"><g><text y="20">x</text></g></svg>`)
	article, err := articleOf(attacked("text/html", `<svg><a xlink:href="javascript:x"><text y=20>x</text></a></svg>`))
	if err != nil || !strings.Contains(article, link) {
		t.Errorf("of a link in a drawing %s, %v is left", article, err)
	}
}

// An attachment is as dangerous as an output.
func TestAttackByAttachment(t *testing.T) {
	drawing := base64.StdEncoding.EncodeToString([]byte(`<svg onload="x"><path d="M0,0"/></svg>`))
	cell := markdown("# Title\n\n![a drawing](attachment:a.svg)")
	cell.Attachments = []byte(`{"a.svg": {"image/svg+xml": "` + drawing + `"}}`)
	article, err := articleOf(&nbformat.Notebook{Cells: []nbformat.Cell{cell}})
	if want := drawingURI(`<svg xmlns="http://www.w3.org/2000/svg"><path d="M0,0"/></svg>`); err != nil || !strings.Contains(article, want) {
		t.Errorf("left is %s, %v", article, err)
	}
}
