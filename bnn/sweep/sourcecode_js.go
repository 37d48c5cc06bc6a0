package sweep

import "errors"

// errBrowser is what takes the place of the identity of the code in a browser, where nothing
// is kept: the text of the code would only make the explorer larger.
var errBrowser = errors.New("the identity of the code is not known in a browser")

func theoryCode() (string, error)     { return "", errBrowser }
func simulationCode() (string, error) { return "", errBrowser }
