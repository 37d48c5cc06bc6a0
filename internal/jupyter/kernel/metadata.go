package kernel

// Describe sets the metadata of a notebook by which Jupyter finds the kernel and colours the
// code. The version of Go is left out, as it is that of one machine.
func Describe(metadata map[string]any) {
	metadata["kernelspec"] = map[string]any{"display_name": DisplayName, "language": "go", "name": Name}
	metadata["language_info"] = map[string]any{
		"file_extension": ".go", "mimetype": "text/x-go", "name": "go", "pygments_lexer": "go",
	}
}
