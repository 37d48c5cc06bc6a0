package book

import (
	"encoding/json"
	"strings"
	"testing"

	"balanced/internal/jupyter/nbformat"
)

func cleanHTML(source string, attachments map[string]string) (string, error) {
	nodes, err := parseFragment(source)
	if err != nil {
		return "", err
	}
	cleaner := cleaner{slugs: map[string]bool{"02-two": true}, attachments: attachments, figures: &figures{}}
	if err := cleaner.clean(nodes); err != nil {
		return "", err
	}
	return renderNodes(nodes...)
}

func TestCleaner(t *testing.T) {
	attachments := map[string]string{"a.png": "data:image/png;base64,AAAA"}
	for _, test := range []struct{ source, want string }{
		{`<a href="02-two.ipynb">x</a>`, `<a href="02-two.html">x</a>`},
		{`<a href="../x/02-two.ipynb#Mean-Field">x</a>`, `<a href="02-two.html#mean-field">x</a>`},
		{`<a href="#Some-Heading">x</a>`, `<a href="#some-heading">x</a>`},
		{`<a href="https://arxiv.org/abs/1#Frag" onclick="x()">x</a>`, `<a href="https://arxiv.org/abs/1#Frag">x</a>`},
		{`<img src="attachment:a.png">`, `<img src="data:image/png;base64,AAAA" alt="Figure 1"/>`},
		{`<figure><img src="data:image/png;base64,AAAA" alt="a"><figcaption>c</figcaption></figure>`,
			`<figure><div class="drawing"><img src="data:image/png;base64,AAAA" alt="a"/></div><figcaption>c</figcaption></figure>`},
		{`<figure><svg width="1pt"></svg></figure>`, `<figure><div class="drawing"><img src="data:image/svg+xml;base64,`},
		{`<b>unclosed`, `<b>unclosed</b>`},
		{`</div></main>text`, `text`},
		{`<!-- note --><p>a<!-- b --></p>`, `<p>a</p>`},
	} {
		got, err := cleanHTML(test.source, attachments)
		if err != nil {
			t.Errorf("%s: %v", test.source, err)
		} else if !strings.Contains(got, test.want) {
			t.Errorf("%s:\n got %s\nwant %s", test.source, got, test.want)
		}
	}
	table, err := cleanHTML("<table><tr><td>1</td></tr></table>", nil)
	if err != nil || !strings.HasPrefix(table, `<div class="scroll"`) || !strings.Contains(table, "<table><tbody><tr><td>1") {
		t.Errorf("table does not scroll: %s, %v", table, err)
	}
}

func TestCleanerRefuses(t *testing.T) {
	for source, reason := range map[string]string{
		`<script>x</script>`:                        "<script>",
		`<p><iframe src="x"></iframe></p>`:          "<iframe>",
		`<style>p{}</style>`:                        "<style>",
		`<img src="https://x.org/a.png">`:           "not in the notebook",
		`<img src="a.png">`:                         "not in the notebook",
		`<img src="attachment:b.png">`:              "no such attachment",
		`<a href="javascript:x">a</a>`:              "scheme",
		`<a href="03-x.ipynb">a</a>`:                "no chapter",
		`<a href="data.csv">a</a>`:                  "no chapter",
		`<svg><script>x</script></svg>`:             "<script>",
		`<svg><image href="http://x.org/a"/></svg>`: "not in the notebook",
	} {
		if got, err := cleanHTML(source, nil); err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("%s: got %s and error %v, want %q", source, got, err, reason)
		}
	}
}

func TestAttachments(t *testing.T) {
	cell := nbformat.Cell{Attachments: json.RawMessage(`{"a.png": {"image/png": "AAAA\n"}}`)}
	got, err := attachmentsOf(cell)
	if err != nil || got["a.png"] != "data:image/png;base64,AAAA" {
		t.Errorf("got %v, %v", got, err)
	}
	cell.Attachments = json.RawMessage(`{"a.png": {"image/png": "not base64"}}`)
	if _, err := attachmentsOf(cell); err == nil {
		t.Error("broken attachment accepted")
	}
}
