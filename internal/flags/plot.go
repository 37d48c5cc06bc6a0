package flags

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/internal/files"
	"balanced/internal/provenance"

	"github.com/spf13/cobra"
)

// AddPlot gives a command the choice of a picture beside its table.
func AddPlot(command *cobra.Command, plot *string) {
	command.Flags().StringVar(plot, "plot", "", "a file for a picture of the table, .svg or .png, which says how it was made (bnn show)")
}

// CheckPlot refuses a picture that cannot be written, before anything is computed; "" is none.
func CheckPlot(plot string) error {
	if plot == "" {
		return nil
	}
	if kind := strings.ToLower(filepath.Ext(plot)); kind != ".svg" && kind != ".png" {
		return &bnn.InputError{Path: "--plot", Value: fmt.Sprintf("%q", plot), Allowed: "a file whose name ends in .svg or .png"}
	}
	if err := files.CanReplace(plot); err != nil {
		return Usage(fmt.Errorf("--plot: %w", err))
	}
	return nil
}

// Draw writes the picture of --plot, if there is one, with the record of how it was made.
func Draw(command *cobra.Command, plot string, record provenance.Record, drawn func() (*figure.Figure, error)) error {
	if plot == "" {
		return nil
	}
	picture, err := drawn()
	if err != nil {
		return err
	}
	encode := picture.SVG
	if strings.EqualFold(filepath.Ext(plot), ".png") {
		encode = picture.PNG
	}
	content, err := encode()
	if err != nil {
		return err
	}
	content, err = record.Add(plot, content)
	err = errors.Join(err, files.Replace(plot, content))
	if err != nil {
		return fmt.Errorf("--plot: %w", err)
	}
	Written(command, plot)
	return nil
}
