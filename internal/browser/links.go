package browser

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Links finds links that lead nowhere: to a file or page that is not there, to an
// anchor that its page does not have, out of the folder of a page that is a file,
// or to an address of a scheme that is none of http, https and mailto. Links to
// other hosts are not followed.
func Links(p *Page) []string {
	p.t.Helper()
	home := Eval[string](p, "document.URL")
	anchorsOf := map[string][]string{} // by address, if it is there
	var findings []string
	targets := look[[]string](p, "links()")
	slices.Sort(targets)
	for _, target := range slices.Compact(targets) {
		if fault := follow(target, home, anchorsOf); fault != "" {
			findings = append(findings, fmt.Sprintf("link to %s: %s", target, fault))
		}
	}
	return findings
}

func follow(target, home string, anchorsOf map[string][]string) (fault string) {
	address, err := url.Parse(target)
	if err != nil {
		return err.Error()
	}
	if !within(target, home) {
		if slices.Contains([]string{"http", "https", "mailto"}, address.Scheme) {
			return ""
		}
		return "leaves the page"
	}
	anchor := address.Fragment
	address.Fragment, address.RawFragment = "", ""
	anchors, known := anchorsOf[address.String()]
	if !known {
		content, err := fetch(address)
		if err != nil {
			return err.Error()
		}
		anchors = anchorsIn(content)
		anchorsOf[address.String()] = anchors
	}
	if anchor != "" && !slices.Contains(anchors, anchor) {
		return "there is no such anchor"
	}
	return ""
}

func fetch(address *url.URL) ([]byte, error) {
	if address.Scheme == "file" {
		return os.ReadFile(address.Path)
	}
	client := http.Client{Timeout: patience}
	response, err := client.Get(address.String())
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %s", response.Status)
	}
	return io.ReadAll(response.Body)
}

// anchorsIn lists the ids of a page; other files have none, or none of use.
func anchorsIn(content []byte) []string {
	var anchors []string
	tokens := html.NewTokenizer(bytes.NewReader(content))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return anchors
		case html.StartTagToken, html.SelfClosingTagToken:
			for _, attribute := range tokens.Token().Attr {
				if strings.EqualFold(attribute.Key, "id") {
					anchors = append(anchors, attribute.Val)
				}
			}
		}
	}
}
