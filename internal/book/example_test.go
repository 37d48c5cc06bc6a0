package book_test

import (
	"fmt"
	"os"
	"strings"

	"balanced/internal/book"
	"balanced/internal/jupyter/nbformat"
)

func ExampleWrite() {
	dir, err := os.MkdirTemp("", "book")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)

	chapter := &nbformat.Notebook{Cells: []nbformat.Cell{
		{Kind: nbformat.Markdown, Source: "# Balance\n\nThe couplings are of order $n^{-1/2}$."},
	}}
	content := book.Book{Chapters: []book.Chapter{{Slug: "01-balance", Notebook: chapter}}}
	if err := book.Write(dir, content); err != nil {
		fmt.Println(err)
		return
	}
	page, err := os.ReadFile(dir + "/01-balance.html")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Contains(string(page), `<h1 id="balance">Balance</h1>`))

	chapter.Cells[0].Source = "# Balance\n\nThe couplings are of order $\\undefined$."
	fmt.Println(book.Write(dir, content))
	// Output:
	// true
	// book: chapter 01-balance, cell 1 (id ""): formula \undefined: Unsupported function name: \undefined at character 1
}
