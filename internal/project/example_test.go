package project_test

import (
	"fmt"
	"path/filepath"

	"balanced/internal/project"
)

func ExampleIsChapter() {
	for _, name := range []string{"14-the-hydrodynamic-limit", "notes", "5-a"} {
		fmt.Println(name, project.IsChapter(name))
	}
	// Output:
	// 14-the-hydrodynamic-limit true
	// notes false
	// 5-a false
}

func ExampleApartFolder() {
	fmt.Println(filepath.ToSlash(project.ApartFolder("other/larger.ipynb")))
	// Output: other/larger_files
}
