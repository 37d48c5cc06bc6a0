package publish

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"balanced/internal/book"
	"balanced/internal/browser/chromium"
)

// PDF prints all chapters of the book with the given cover to a file, by means of Chromium;
// without a name of a file it does nothing. Where there is no Chromium the error says how to
// print the book from any browser.
func PDF(ctx context.Context, cover, file string) error {
	if file == "" {
		return nil
	}
	page := filepath.Join(filepath.Dir(cover), book.PrintPage)
	err := chromium.PDF(ctx, page, file)
	if errors.Is(err, chromium.ErrMissing) {
		return fmt.Errorf("--pdf: %w; or open %s in any browser and print it to a file", err, page)
	}
	return err
}
