// Package chromium finds the Chromium of the machine and prints pages with it.
package chromium

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// ErrMissing is what Find answers where there is none.
var ErrMissing = errors.New("there is no chromium and no google-chrome on PATH; Debian's package is chromium")

// Find returns the path of the program.
func Find() (program string, err error) {
	for _, name := range []string{"chromium", "google-chrome"} {
		if program, err := exec.LookPath(name); err == nil {
			return program, nil
		}
	}
	return "", ErrMissing
}

// PDF prints a page, a file that loads nothing from elsewhere, to another file, with an
// outline of its headings. The page says how large the paper is (else Letter) and its margins.
// A file that is there is replaced once all is printed. It takes seconds
// and some hundred megabytes of memory for a page of five megabytes. It is an error if there is
// no Chromium (ErrMissing), if the folder of the file is not there, or if nothing is printed.
func PDF(ctx context.Context, page, file string) (err error) {
	program, err := Find()
	if err != nil {
		return err
	}
	if page, err = filepath.Abs(page); err != nil {
		return err
	}
	if _, err := os.Stat(page); err != nil { // Chromium would print that it is missing
		return err
	}
	work, err := os.MkdirTemp(filepath.Dir(file), ".printing-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if work, err = filepath.Abs(work); err != nil {
		return err
	}
	printed := filepath.Join(work, "page.pdf")
	command := exec.CommandContext(ctx, program, "--headless", "--disable-gpu",
		"--no-sandbox", // needs privileges that containers lack
		"--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND",
		"--user-data-dir="+filepath.Join(work, "profile"),
		"--no-pdf-header-footer", "--generate-pdf-document-outline",
		"--print-to-pdf="+printed, (&url.URL{Scheme: "file", Path: page}).String())
	said, err := command.CombinedOutput()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err == nil {
		err = os.Rename(printed, file)
	}
	if err != nil {
		return fmt.Errorf("%s does not print %s: %w\n%s", program, page, err, strings.TrimSpace(string(said)))
	}
	return nil
}
