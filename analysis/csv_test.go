package analysis

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// sameFrame tells whether two frames have the same names, types and values, bit by bit.
func sameFrame(a, b dataframe.DataFrame) bool {
	if !slices.Equal(a.Names(), b.Names()) || !slices.Equal(a.Types(), b.Types()) || a.Nrow() != b.Nrow() {
		return false
	}
	for row := range a.Nrow() {
		for column := range a.Ncol() {
			x, y := a.Elem(row, column), b.Elem(row, column)
			if x.IsNA() != y.IsNA() || x.String() != y.String() {
				return false
			}
			if x.Type() == series.Float && !x.IsNA() && math.Float64bits(x.Float()) != math.Float64bits(y.Float()) {
				return false
			}
		}
	}
	return true
}

func TestCSVRoundTrip(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	texts := []string{"E", "1", "1e5", "true", "", " x ", "a,b", "say \"no\"", "two\nlines", "NaN", "+Inf", "é", ";", "#", "'"}
	for range 200 {
		rows := 1 + random.IntN(6)
		floats, whole, ints, names, bools := make([]float64, rows), make([]float64, rows), make([]int, rows), make([]string, rows), make([]bool, rows)
		for i := range rows {
			floats[i] = math.Float64frombits(random.Uint64())
			whole[i] = float64(random.IntN(5) - 2)
			ints[i] = int(random.Uint64())
			names[i] = texts[random.IntN(len(texts))]
			bools[i] = random.IntN(2) == 0
		}
		names[0] = "E" // not all may be missing
		frame := dataframe.New(series.New(floats, series.Float, "bits"), series.New(whole, series.Float, "a,\"b\"\nc"),
			series.New(ints, series.Int, ""), series.New(names, series.String, "1"), series.New(bools, series.Bool, "true"))
		var text bytes.Buffer
		if err := WriteCSV(&text, frame); err != nil {
			t.Fatal(err)
		}
		got, err := ReadCSV(bytes.NewReader(text.Bytes()))
		if err != nil || !sameFrame(frame, got) {
			t.Fatalf("%v %v\nwritten as\n%s\nread as\n%v", err, frame, text.String(), got)
		}
	}
}

func TestCSVText(t *testing.T) {
	frame := dataframe.New(
		series.New([]float64{0.1, 2, math.Copysign(0, -1), 1e300, math.NaN(), math.Inf(1), math.Inf(-1)}, series.Float, "x"),
		series.New([]string{"E", "1", "a\"b", "", "NaN", "c,d", "e"}, series.String, "name"))
	var text bytes.Buffer
	if err := WriteCSV(&text, frame); err != nil {
		t.Fatal(err)
	}
	want := `"x","name"
0.1,"E"
2.0,"1"
-0.0,"a""b"
1e+300,""
NaN,NaN
Inf,"c,d"
-Inf,"e"
`
	if text.String() != want {
		t.Errorf("got\n%s\nwant\n%s", text.String(), want)
	}
}

func TestCSVOfOthers(t *testing.T) {
	frame, err := ReadCSV(strings.NewReader("t,population,count,ok\r\n0,E,1,true\r\n0.5,I,2,false\r\n"))
	if want := []series.Type{series.Float, series.String, series.Int, series.Bool}; err != nil || !slices.Equal(frame.Types(), want) {
		t.Errorf("%v %v, want types %v", err, frame, want)
	}
}

// A byte order mark is no part of the first name, and hides no quotes.
func TestCSVWithByteOrderMark(t *testing.T) {
	for _, text := range []string{"t,mean\n0,1\n", "\"t\",\"mean\"\r\n\"0\",1\r\n"} {
		frame, err := ReadCSV(strings.NewReader("\uFEFF" + text))
		plain, plainErr := ReadCSV(strings.NewReader(text))
		if err != nil || plainErr != nil || !slices.Equal(frame.Names(), []string{"t", "mean"}) || !sameFrame(frame, plain) {
			t.Errorf("%q gives names %q, %v, %v", text, frame.Names(), err, plainErr)
		}
	}
}

// The first line of what chapters keep says how it was made; only that line is no row.
func TestCSVThatSaysHowItWasMade(t *testing.T) {
	for text, want := range map[string][]string{
		"# bnn {\"a\": 1}\nx,y\n1,2\n": {"x", "y"}, "\uFEFF# bnn {}\nx\n1\n": {"x"}, "#x\n1\n": {"#x"},
	} {
		if frame, err := ReadCSV(strings.NewReader(text)); err != nil || !slices.Equal(frame.Names(), want) || frame.Nrow() != 1 {
			t.Errorf("%q gives %v, %v", text, frame, err)
		}
	}
}

func TestCSVRefuses(t *testing.T) {
	write := func(s series.Series) error { return WriteCSV(new(bytes.Buffer), dataframe.New(s)) }
	missingInt := series.New([]string{"1", "NaN"}, series.Int, "count")
	for part, err := range map[string]error{
		"empty DataFrame":        WriteCSV(new(bytes.Buffer), dataframe.New()),
		"frame of 0 rows":        write(series.New([]float64{}, series.Float, "x")),
		"carriage return":        write(series.New([]string{"a\r\n"}, series.String, "x")),
		"name of column 0":       write(series.New([]string{"a"}, series.String, "\r")),
		`row 1, column "count"`:  write(missingInt),
		"all texts are missing":  write(series.New([]string{"NaN", "NaN"}, series.String, "x")),
		"CSV of 0 rows":          read(""),
		"CSV of 1 rows":          read("a,b\n"),
		"wrong number of fields": read("a,b\n1\n"),
		"parse error on line 2":  read("a\nb x\"\n"),
	} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("error %v, want one with %s", err, part)
		}
	}
}

func read(text string) error {
	_, err := ReadCSV(strings.NewReader(text))
	return err
}

// What can be read is written and read again as the same frame.
func FuzzReadCSV(f *testing.F) {
	for _, seed := range []string{
		"t,population\n0.0,\"E\"\n", "\"a\"\n\"\"\n", "a,a\n1,2\nNaN,3\n", "x\ntrue\nfalse\n", "a\r\n\"b\r\nc\",\n",
		"x\n0x1p-2\n", "\uFEFFx\n1\n", "x\n1_0\n", "\"two\nlines\",b\n1,\"2\n3\"\n", "a\n+Inf\n-0\n", "\n\n,\n,\n", "a\n9223372036854775808\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		frame, err := ReadCSV(bytes.NewReader(data))
		if err != nil {
			return
		}
		var text bytes.Buffer
		if err := WriteCSV(&text, frame); err != nil {
			if bytes.ContainsRune(data, '\r') || strings.Contains(err.Error(), "all texts are missing") {
				return
			}
			t.Fatalf("%v\nof %q cannot be written: %v", frame, data, err)
		}
		again, err := ReadCSV(bytes.NewReader(text.Bytes()))
		if err != nil || !sameFrame(frame, again) {
			t.Fatalf("%q\nwritten as %q\nread as\n%v\n%v", data, text.String(), again, err)
		}
	})
}
