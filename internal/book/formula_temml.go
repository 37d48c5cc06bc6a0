package book

import (
	_ "embed"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/dop251/goja"
)

// temmlProgram is dist/temml.min.js of the npm package temml 0.13.5 (MIT, see
// temml/LICENSE), which turns TeX into MathML.
//
//go:embed temml/temml.min.js
var temmlProgram string

// startTemml starts the program, once. It is Go's only JavaScript here, runs without a
// browser, and can reach neither files nor the network.
var startTemml = sync.OnceValues(func() (func(tex string, display bool) (string, error), error) {
	machine := goja.New()
	machine.SetMaxCallStackSize(2000)
	if _, err := machine.RunScript("temml.min.js", temmlProgram); err != nil {
		return nil, fmt.Errorf("temml: %w", err)
	}
	render, ok := goja.AssertFunction(machine.Get("temml").ToObject(machine).Get("renderToString"))
	if !ok {
		return nil, errors.New("temml: there is no function renderToString")
	}
	return func(tex string, display bool) (string, error) {
		options := machine.NewObject()
		for name, value := range map[string]any{"displayMode": display, "throwOnError": true} {
			if err := options.Set(name, value); err != nil {
				return "", err
			}
		}
		result, err := render(goja.Undefined(), machine.ToValue(tex), options)
		if err != nil {
			return "", temmlReason(err)
		}
		return result.String(), nil
	}, nil
})

// numbered are the environments whose lines LaTeX numbers. Jupyter does not.
var numbered = regexp.MustCompile(`\\(begin|end)\{(equation|align|alignat|gather|multline)\}`)

// temml turns TeX into MathML. It must not be called side by side.
func temml(tex string, display bool) (string, error) {
	render, err := startTemml()
	if err != nil {
		return "", err
	}
	return render(numbered.ReplaceAllString(tex, `\$1{$2*}`), display)
}

var temmlPlace = regexp.MustCompile(`(?s) at (position (\d+)|end of input): .*`)

// temmlReason says in one line why a formula cannot be set: Temml repeats the formula with
// a line under the fault.
func temmlReason(err error) error {
	var overflow *goja.StackOverflowError
	if errors.As(err, &overflow) {
		return errors.New("is nested too deeply")
	}
	var thrown *goja.Exception
	if !errors.As(err, &thrown) {
		return err
	}
	fault, ok := thrown.Value().(*goja.Object)
	if !ok || fault.Get("name").String() != "ParseError" {
		return errors.New("is incomplete") // a fault of the program, which did not expect such a formula
	}
	message := fault.Get("message").String()
	message = temmlPlace.ReplaceAllStringFunc(message, func(place string) string {
		if position := temmlPlace.FindStringSubmatch(place)[2]; position != "" {
			return " at character " + position
		}
		return " at its end"
	})
	return errors.New(strings.Join(strings.Fields(message), " "))
}
