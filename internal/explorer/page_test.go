package explorer

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/internal/book"
	"balanced/internal/browser"
)

func TestPageHoldsThePresets(t *testing.T) {
	page, err := Page(module, []byte("program"), firstChapter)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`const presets = (.*);\n`).FindStringSubmatch(string(page.Script))
	if found == nil {
		t.Fatal("no presets in the script")
	}
	var presets []json.RawMessage
	if err := json.Unmarshal([]byte(found[1]), &presets); err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(module, "data", "networks", "*.json"))
	if err != nil || len(paths) != len(presets) || len(paths) < 7 {
		t.Fatalf("%d presets of %d networks, %v", len(presets), len(paths), err)
	}
	for i, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want, err := bnn.ParseNetwork(content)
		if err != nil {
			t.Fatal(err)
		}
		got, err := bnn.ParseNetwork(presets[i])
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the preset is %+v, %v", path, got, err)
		}
		if !strings.Contains(string(page.Body), "<option>"+want.Name+"</option>") {
			t.Errorf("%s cannot be chosen", want.Name)
		}
	}
	if len(page.Files) != 1 || page.Files[0].Name != programFile || string(page.Files[0].Content) != "program" {
		t.Errorf("the files are %v", page.Files)
	}
}

func TestPageIsOfOnePiece(t *testing.T) {
	page, err := Page(module, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	everything := string(page.Body) + string(page.Style) + string(page.Script) + string(page.Thumbnail)
	if address := regexp.MustCompile(`(?i)(https?:)?//[a-z0-9-]+\.[a-z]+[^\s"')]*`).FindString(everything); address != "" {
		t.Errorf("the page refers to %s", address)
	}
	if regexp.MustCompile(`(?i)url\(|@import`).MatchString(string(page.Style)) {
		t.Error("the style refers to other files")
	}
	if size := len(everything); size > 200_000 {
		t.Errorf("the page has %d bytes", size)
	}
	parts, err := filepath.Glob("assets/*.js")
	if err != nil || len(parts) != len(scripts)+1 { // and the worker's
		t.Errorf("%d scripts are joined, of %d files, %v", len(scripts), len(parts), err)
	}
}

func TestPageRefusesWhatIsNoNetwork(t *testing.T) {
	for content, want := range map[string]string{
		`{"name": 3}`: "bad.json", "": "bad.json",
	} {
		folder := t.TempDir()
		networks := filepath.Join(folder, "data", "networks")
		if err := os.MkdirAll(networks, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(networks, "bad.json"), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Page(folder, nil, ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: the error is %v, want one with %s", content, err, want)
		}
	}
	if page, err := Page(t.TempDir(), nil, ""); err == nil || !strings.Contains(err.Error(), "no network") || !reflect.DeepEqual(page, book.Extra{}) {
		t.Errorf("without networks the error is %v", err)
	}
}

// Names need a contrast of 4.5:1 on all backgrounds of the book, lines one of 3:1 on that of
// the plots, and the cross one of 4.5:1 on the map.
func TestContrast(t *testing.T) {
	style, err := os.ReadFile(filepath.Join("..", "book", "assets", "style.css"))
	if err != nil {
		t.Fatal(err)
	}
	own, err := assets.ReadFile("assets/style.css")
	if err != nil {
		t.Fatal(err)
	}
	palettes := func(css []byte) [][]byte {
		var found [][]byte
		for _, match := range regexp.MustCompile(`(?s):root \{(.*?)\}`).FindAllSubmatch(css, 2) {
			found = append(found, match[1])
		}
		return found
	}
	entry := regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`)
	grounds, colours := palettes(style), palettes(own)
	pairs := 0
	for light := range 2 {
		for _, colour := range entry.FindAllStringSubmatch(string(colours[light]), -1) {
			for _, ground := range entry.FindAllStringSubmatch(string(grounds[light]), -1) {
				least := 0.0
				switch {
				case strings.HasPrefix(colour[1], "text-") && strings.HasPrefix(ground[1], "background"):
					least = 4.5
				case strings.HasPrefix(colour[1], "graph-") && ground[1] == "background-raised":
					least = 3
				case strings.HasPrefix(colour[1], "map-") && ground[1] == "text-main": // the cross
					least = 4.5
				default:
					continue
				}
				pairs++
				if contrast := browser.Contrast(t, colour[2], ground[2]); contrast < least {
					t.Errorf("palette %d: %s on %s has a contrast of %.2f, want %g", light, colour[1], ground[1], contrast, least)
				}
			}
		}
	}
	if pairs != 30 {
		t.Errorf("%d pairs examined, want 30", pairs)
	}
}
