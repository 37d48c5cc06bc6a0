package project

import (
	"path/filepath"
	"strconv"
	"strings"
)

// VerdictsName is the name, without an extension, of the file of its verdicts in the
// folder of a chapter: a table with the columns of analysis.VerdictFrame.
const VerdictsName = "verdicts"

// NotebooksFolder is where the chapters of the project at root are.
func NotebooksFolder(root string) string { return filepath.Join(root, "notebooks") }

// OutFolder is where runs of the project at root leave what is not committed: out, or
// out/quick for quick runs, out/seed-7 for those with other random numbers. A chapter has a
// folder of its name there, and the book that of BookFolder.
func OutFolder(root string, v Variant) string {
	folder := ""
	if v.Quick {
		folder = "quick"
	}
	if v.Seed != 0 {
		folder = strings.TrimPrefix(folder+"-", "-") + "seed-" + strconv.FormatUint(v.Seed, 10)
	}
	return filepath.Join(root, "out", folder)
}

// BookFolder is where the book is in the folder of OutFolder; its first page is Cover.
func BookFolder(out string) string { return filepath.Join(out, "book") }

// Cover is the file of a book to begin with.
const Cover = "index.html"

// ApartFolder is what takes the place of OutFolder in a run apart, of one notebook into
// another file: a folder beside that, the one that nbconvert would use.
func ApartFolder(executed string) string { return strings.TrimSuffix(executed, extension) + "_files" }

// verdictsOfChapter is the file of the verdicts of a chapter in the folder of OutFolder.
func verdictsOfChapter(out, name string) string {
	return filepath.Join(out, name, VerdictsName+".csv")
}
