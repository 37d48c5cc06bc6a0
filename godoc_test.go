package balanced

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What go doc shows begins with the name that it is about, and cites no name that go doc
// does not show: no unexported function, type, field or variable of its package.
func TestDocsOfExportedNames(t *testing.T) {
	documented := 0
	for _, folder := range packageFolders(t) {
		files := token.NewFileSet()
		for name, pkg := range packagesIn(t, files, folder) {
			if !slices.ContainsFunc(pkg, func(file *ast.File) bool { return file.Doc.Text() != "" }) {
				t.Errorf("package %s in %s has no doc", name, folder)
			}
			declared := declaredNames(pkg)
			for _, file := range pkg {
				for _, d := range exportedDocs(file) {
					place := files.Position(d.at)
					if d.text == "" {
						if d.needed {
							t.Errorf("%s: %s has no doc", place, d.name)
						}
						continue
					}
					documented++
					if d.needed && !startsWithName(d.text, d.name) {
						t.Errorf("%s: the doc of %s begins %.40q", place, d.name, d.text)
					}
					for _, word := range mixedCase.FindAllString(d.text, -1) {
						// An exported name may have been an unexported one before.
						if slices.Contains(d.parameters, word) {
							continue
						}
						if declared[word] || declared[strings.ToUpper(word[:1])+word[1:]] {
							t.Errorf("%s: the doc of %s cites %s, which go doc does not show", place, d.name, word)
						}
					}
				}
			}
		}
	}
	if documented < 500 {
		t.Errorf("only %d docs are looked at", documented)
	}
}

// mixedCase are words that can be nothing but names in code; that rate or law are unexported
// somewhere says nothing about a sentence with these words.
var mixedCase = regexp.MustCompile(`\b[a-z]+[A-Z]\w*`)

// packageFolders are the folders with Go code of the module.
func packageFolders(t *testing.T) []string {
	var folders []string
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name := entry.Name(); path != "." && (strings.HasPrefix(name, ".") || name == "testdata" || name == "out" || name == "node_modules") {
				return fs.SkipDir
			}
			return nil
		}
		if folder := filepath.Dir(path); strings.HasSuffix(path, ".go") && !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
		return nil
	})
	if err != nil || len(folders) < 10 {
		t.Fatalf("the folders %q, error %v", folders, err)
	}
	return folders
}

// packagesIn parses the files of a folder that are no tests, by the names of their packages.
// What has to be there for js as well is documented once, in the file for all others.
func packagesIn(t *testing.T, files *token.FileSet, folder string) map[string][]*ast.File {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	packages := map[string][]*ast.File{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "js.go") {
			continue
		}
		file, err := parser.ParseFile(files, path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		packages[file.Name.Name] = append(packages[file.Name.Name], file)
	}
	return packages
}

// declaredNames are the names that a package declares at its top, as methods or as fields.
func declaredNames(pkg []*ast.File) map[string]bool {
	declared := make(map[string]bool)
	note := func(names ...*ast.Ident) {
		for _, name := range names {
			declared[name.Name] = true
		}
	}
	for _, file := range pkg {
		for _, declaration := range file.Decls {
			switch declaration := declaration.(type) {
			case *ast.FuncDecl:
				note(declaration.Name)
			case *ast.GenDecl:
				for _, spec := range declaration.Specs {
					switch spec := spec.(type) {
					case *ast.ValueSpec:
						note(spec.Names...)
					case *ast.TypeSpec:
						note(spec.Name)
						for _, field := range fieldsOf(spec.Type) {
							note(field.Names...)
						}
					}
				}
			}
		}
	}
	return declared
}

// exportedDoc is a doc comment that go doc shows. It is needed for what is declared at the
// top and for methods, but not for each field and constant of a group.
type exportedDoc struct {
	name, text string
	at         token.Pos
	needed     bool
	parameters []string // of a function: go doc shows them
}

func exportedDocs(file *ast.File) []exportedDoc {
	docs := []exportedDoc{{name: "package " + file.Name.Name, text: file.Doc.Text(), at: file.Package}}
	for _, declaration := range file.Decls {
		switch declaration := declaration.(type) {
		case *ast.FuncDecl:
			if declaration.Name.IsExported() && exportedReceiver(declaration.Recv) {
				// Methods such as Error and String say all by their name.
				needed := declaration.Recv == nil || !slices.Contains([]string{"Error", "String", "Unwrap", "Set", "Type"}, declaration.Name.Name)
				doc := exportedDoc{name: declaration.Name.Name, text: declaration.Doc.Text(), at: declaration.Pos(), needed: needed}
				for _, field := range declaration.Type.Params.List {
					for _, name := range field.Names {
						doc.parameters = append(doc.parameters, name.Name)
					}
				}
				docs = append(docs, doc)
			}
		case *ast.GenDecl:
			for _, spec := range declaration.Specs {
				switch spec := spec.(type) {
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						if name.IsExported() {
							docs = append(docs, exportedDoc{name: name.Name, text: declaration.Doc.Text() + spec.Doc.Text() + spec.Comment.Text(), at: name.Pos()})
						}
					}
				case *ast.TypeSpec:
					if !spec.Name.IsExported() {
						continue
					}
					text := spec.Doc.Text()
					if text == "" {
						text = declaration.Doc.Text()
					}
					docs = append(docs, exportedDoc{name: spec.Name.Name, text: text, at: spec.Pos(), needed: true})
					for _, field := range fieldsOf(spec.Type) {
						if len(field.Names) > 0 && field.Names[0].IsExported() {
							docs = append(docs, exportedDoc{name: spec.Name.Name + "." + field.Names[0].Name, text: field.Doc.Text() + field.Comment.Text(), at: field.Pos()})
						}
					}
				}
			}
		}
	}
	return docs
}

// fieldsOf are the fields of a struct or the methods of an interface.
func fieldsOf(expression ast.Expr) []*ast.Field {
	switch expression := expression.(type) {
	case *ast.StructType:
		return expression.Fields.List
	case *ast.InterfaceType:
		return expression.Methods.List
	}
	return nil
}

func exportedReceiver(receiver *ast.FieldList) bool {
	if receiver == nil {
		return true
	}
	expression := receiver.List[0].Type
	for {
		switch inner := expression.(type) {
		case *ast.StarExpr:
			expression = inner.X
		case *ast.IndexExpr:
			expression = inner.X
		case *ast.Ident:
			return inner.IsExported()
		default:
			return true
		}
	}
}

func startsWithName(text, name string) bool {
	for _, article := range []string{"A ", "An ", "The "} {
		text = strings.TrimPrefix(text, article)
	}
	rest, is := strings.CutPrefix(text, name)
	return is && (rest == "" || !regexp.MustCompile(`^\w`).MatchString(rest))
}
