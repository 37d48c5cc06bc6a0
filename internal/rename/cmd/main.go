// Command cmd copies the project with another path of its module:
//
//	go run ./internal/rename/cmd example.org/somebody/balanced ../published
package main

import (
	"fmt"
	"os"

	"balanced/internal/jupyter/kernel"
	"balanced/internal/rename"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go run ./internal/rename/cmd PATH FOLDER")
		os.Exit(2)
	}
	root, err := kernel.FindModule(nil)
	if err == nil {
		err = rename.Copy(root, os.Args[1], os.Args[2])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
