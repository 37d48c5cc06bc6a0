package provenance

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/internal/table/npz"
	"balanced/internal/table/parquet"
)

// example has letters that each kind of file must escape.
func example() Record {
	seed := uint64(1<<64 - 1)
	return Record{
		Command: `bnn simulate 'a <&> "b" ]]> ü𝄞.json' --n 10 --set 'weights[*][1]=-0.5'`,
		Network: &Network{Name: "--><script>", Fingerprint: strings.Repeat("ab", 32)},
		N:       10, Seed: &seed, Store: []string{"k1", "k2"},
		Versions: Versions{BNN: bnn.Version, Go: "go1.26", Gonum: "v0.17.0", Arch: "amd64"},
	}
}

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1pt" viewBox="0 0 1 1" role="img">
<title>a &gt; b</title>
<g><path d="M0 0"/></g></svg>`

func drawn(t testing.TB) []byte {
	t.Helper()
	var content bytes.Buffer
	if err := png.Encode(&content, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}

// filesOf is a file of each kind that carries the record.
func filesOf(t testing.TB, r Record) map[string][]byte {
	t.Helper()
	made := map[string][]byte{}
	for name, content := range map[string][]byte{"a.csv": []byte("x\n1\n"), "a.svg": []byte(svg), "a.PNG": drawn(t)} {
		content, err := r.Add(name, content)
		if err != nil {
			t.Fatal(err)
		}
		made[name] = content
	}
	var table, arrays bytes.Buffer
	w, err := parquet.NewWriter(&table, []parquet.Column{{Name: "x", Kind: parquet.Number}}, r.Metadata())
	if err := errors.Join(err, w.Write([]any{1.0}), w.Close()); err != nil {
		t.Fatal(err)
	}
	made["a.parquet"] = table.Bytes()
	z := npz.NewWriter(&arrays)
	x, err := z.Floats("x", 1)
	if err := errors.Join(err, x.Floats(1), z.Text(ArrayName, r.JSON()), z.Close()); err != nil {
		t.Fatal(err)
	}
	made["a.npz"] = arrays.Bytes()
	return made
}

func TestRecordsComeBack(t *testing.T) {
	for name, content := range filesOf(t, example()) {
		path := filepath.Join(t.TempDir(), "whatever")
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		want := example()
		if got, err := Read(path); err != nil || !reflect.DeepEqual(*got, want) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// Files stay what they are: the SVG is well-formed and the PNG an image.
func TestFilesStayWhole(t *testing.T) {
	made := filesOf(t, example())
	decoder := xml.NewDecoder(bytes.NewReader(made["a.svg"]))
	text := ""
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v in %s", err, made["a.svg"])
		}
		if data, is := token.(xml.CharData); is {
			text += string(data)
		}
		if element, is := token.(xml.StartElement); is && element.Name.Local == "script" {
			t.Error("a name became an element")
		}
	}
	if !strings.Contains(text, example().JSON()) {
		t.Errorf("the texts are %s", text)
	}
	if _, err := png.Decode(bytes.NewReader(made["a.PNG"])); err != nil {
		t.Error(err)
	}
	if first, rest, _ := strings.Cut(string(made["a.csv"]), "\n"); first != "# bnn "+example().JSON() || rest != "x\n1\n" {
		t.Errorf("the CSV is %s", made["a.csv"])
	}
}

func TestFilesWithoutARecord(t *testing.T) {
	plain := map[string][]byte{"csv": []byte("# bnn\nx\n1\n"), "svg": []byte(svg), "png": drawn(t), "nothing": nil, "binary": {0, 1, 2}, "page": []byte("<html><svg/></html>")}
	var table, arrays bytes.Buffer
	w, err := parquet.NewWriter(&table, []parquet.Column{{Name: "bnn"}}, [2]string{"other", "x"})
	z := npz.NewWriter(&arrays)
	if err := errors.Join(err, w.Close(), z.Text("other", "x"), z.Close()); err != nil {
		t.Fatal(err)
	}
	plain["parquet"], plain["npz"] = table.Bytes(), arrays.Bytes()
	for name, content := range plain {
		if record, err := read(bytes.NewReader(content), int64(len(content))); !errors.Is(err, ErrNone) {
			t.Errorf("%s: %v, %v", name, record, err)
		}
	}
}

// What is cut or changed cannot be read, which is not the same as carrying none.
func TestBrokenFiles(t *testing.T) {
	broken := map[string][]byte{"csv": []byte("# bnn {\nx\n1\n"), "no version": []byte("# bnn {}\n"), "svg": []byte(svg[:30])}
	for name, content := range filesOf(t, example()) {
		if name == "a.csv" || name == "a.svg" {
			continue
		}
		broken["half of "+name] = content[:len(content)/2]
		if at := bytes.Index(content, []byte("simulate")); at >= 0 && name == "a.PNG" {
			broken["changed "+name] = bytes.Replace(content, []byte("simulate"), []byte("Simulate"), 1)
		}
	}
	footer := filesOf(t, example())["a.parquet"]
	binary.LittleEndian.PutUint32(footer[len(footer)-8:], 1<<31)
	broken["long footer"] = footer
	for name, content := range broken {
		if record, err := read(bytes.NewReader(content), int64(len(content))); err == nil || errors.Is(err, ErrNone) {
			t.Errorf("%s: %v, %v", name, record, err)
		}
	}
	if _, err := Read(filepath.Join(t.TempDir(), "absent")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, err := Read(t.TempDir()); err == nil || errors.Is(err, ErrNone) {
		t.Error("a folder:", err)
	}
}

func TestAddRefuses(t *testing.T) {
	for name, content := range map[string]string{"a.svg": "<html>", "b.svg": "<svg/>", "c.png": "PNG", "d.txt": "x"} {
		if _, err := example().Add(name, []byte(content)); err == nil {
			t.Errorf("%s takes a record", name)
		}
	}
}

// What is committed must not depend on the machine, nor what is shown on who sent it.
func TestText(t *testing.T) {
	if got := OfNotebook("01-a").JSON(); got != `{"notebook":"01-a","versions":{"bnn":"`+bnn.Version+`","gonum":"unknown"}}` {
		t.Error(got)
	}
	r := Record{Command: "a\x1b[2J\nb", Versions: Versions{BNN: "1"}}
	if got, want := r.Text(), "command   a�[2J�b\nversions  bnn 1\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if text := example().Text(); strings.Count(text, "\n") != 7 || !strings.Contains(text, "seed      18446744073709551615\n") {
		t.Error(text)
	}
}

// Whatever the bytes, reading ends, and what it returns can be written and read again.
func FuzzRead(f *testing.F) {
	for _, content := range filesOf(f, example()) {
		f.Add(content)
	}
	f.Add([]byte(svg))
	f.Fuzz(func(t *testing.T, content []byte) {
		record, err := read(bytes.NewReader(content), int64(len(content)))
		if (record == nil) != (err != nil) {
			t.Fatalf("%v, %v", record, err)
		}
		if record == nil {
			return
		}
		record.Text()
		again, err := decode([]byte(record.JSON()))
		if err != nil || again.JSON() != record.JSON() {
			t.Errorf("%v, %v, %v", record, again, err)
		}
	})
}
