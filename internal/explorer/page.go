package explorer

import (
	"bytes"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strings"

	"balanced/bnn"
	"balanced/internal/book"
)

//go:embed assets
var assets embed.FS

// scripts are the parts of the page's script in the order in which they are joined:
// what a part does as it is read needs only the parts before it.
var scripts = []string{
	"parameters.js", "state.js", "link.js", "client.js", "axis.js", "frame.js", "run.js", "scene.js", "curves.js", "histogram.js",
	"plane.js", "spectrum.js", "map.js", "mapplot.js", "raster.js", "controls.js", "verdict.js", "copy.js", "explorer.js", "actions.js",
}

// programFile is the name of the file with the program, beside the page.
const programFile = "explorer.wasm.js"

// Page makes the explorer from the networks in data/networks of the project at module,
// those of two populations, and the program that Compile made. Chapter is the slug of a
// chapter for readers whose browser cannot run the program; it may be empty. It is an
// error if a network cannot be read, or if there is none of two populations.
func Page(module string, program []byte, chapter string) (book.Extra, error) {
	names, presets, err := readPresets(filepath.Join(module, "data", "networks"))
	if err != nil {
		return book.Extra{}, fmt.Errorf("explorer: %w", err)
	}
	body, err := renderBody(names, program, chapter)
	if err != nil {
		return book.Extra{}, fmt.Errorf("explorer: %w", err)
	}
	style, err := assets.ReadFile("assets/style.css")
	if err != nil {
		return book.Extra{}, fmt.Errorf("explorer: %w", err)
	}
	script, err := joinScripts(presets)
	if err != nil {
		return book.Extra{}, fmt.Errorf("explorer: %w", err)
	}
	thumbnail, err := assets.ReadFile("assets/thumbnail.svg")
	if err != nil {
		return book.Extra{}, fmt.Errorf("explorer: %w", err)
	}
	return book.Extra{
		Slug:        "explorer",
		Title:       "Explorer: feel the model move",
		Claim:       "Move the weights, slopes and stimuli of a balanced network, kick it, and watch the simulated neurons follow the limit, tip over or fall silent.",
		Body:        body,
		Style:       template.CSS(style),
		Script:      script,
		WebAssembly: true,
		Thumbnail:   template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(thumbnail)),
		Files:       []book.File{{Name: programFile, Content: program}},
		Search: `Interactive explorer with sliders: weights, logistic, probit and power rates, maximum rates, slopes, thresholds, time constants, stimulus, noise, n.
			Balanced, tipping, oscillating, runaway or silent, κ, balanced manifold, kick, pulse, histogram, spectrum, map of regimes, raster, presets ` + strings.Join(names, ", ") + ".",
	}, nil
}

// readPresets gives the names of the networks in a folder and their files as a list in
// JSON, both by file name.
func readPresets(folder string) (names []string, list []byte, err error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return nil, nil, err
	}
	var presets []json.RawMessage
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, nil, err
		}
		network, err := bnn.ParseNetwork(content)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
		if len(network.Populations) != 2 {
			continue // there would be no plane of the means
		}
		names = append(names, network.Name)
		presets = append(presets, content)
	}
	if len(presets) == 0 {
		return nil, nil, fmt.Errorf("no network of two populations in %s", filepath.Base(folder))
	}
	list, err = json.Marshal(presets) // escapes <, > and &, for a script in a page
	return names, list, err
}

func renderBody(names []string, program []byte, chapter string) (template.HTML, error) {
	page, err := template.ParseFS(assets, "assets/body.html")
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = page.Execute(&out, struct {
		Presets       []string
		Size, Chapter string
	}{names, fmt.Sprintf("%.1f MB", float64(len(program))/1e6), chapter})
	return template.HTML(out.String()), err
}

// joinScripts makes one script of all parts, in which nothing is global.
func joinScripts(presets []byte) (template.JS, error) {
	var out bytes.Buffer
	out.WriteString("(() => {\n\"use strict\";\n")
	fmt.Fprintf(&out, "const presets = %s;\n", presets)
	for _, name := range scripts {
		part, err := assets.ReadFile("assets/" + name)
		if err != nil {
			return "", err
		}
		out.Write(part)
	}
	out.WriteString("})();\n")
	return template.JS(out.String()), nil
}
