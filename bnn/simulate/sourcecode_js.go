package simulate

import "errors"

// CodeIdentity is not known in a browser, where nothing is kept: the text of the code would
// only make the explorer larger.
func CodeIdentity() (string, error) {
	return "", errors.New("the identity of the code is not known in a browser")
}
