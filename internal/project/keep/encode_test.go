package keep

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/mat"
)

type part struct {
	X       float64
	P       *float64
	Q       *part
	Ints    []int16
	At      map[string][]uint8
	Complex [2]complex64
	Yes     bool
	Nothing []struct{}
	When    time.Time
	Matrix  *mat.Dense
}

// bits is a value with its floats as bits, since NaN is not NaN, and -0 is 0.
func bits(t *testing.T, v any) string {
	t.Helper()
	data, err := encode(nil, reflect.ValueOf(v), 0)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Values come back whole, and what is cut off, or has something behind it, does not.
func TestEncode(t *testing.T) {
	zero, minus := 0.0, math.Copysign(0, -1)
	for _, v := range []any{
		minus, math.NaN(), math.Float64frombits(0x7ff8000000001234), math.Inf(-1), 5e-324, float32(0.1), int8(-3), uint64(math.MaxUint64), true, "a\x00b", "",
		[]float64(nil), []float64{}, [][]float64{nil, {}, {1, minus}}, map[string]int(nil), map[string]int{}, map[int]string{3: "c", -1: "a"},
		&zero, (*float64)(nil), part{}, &part{X: minus, P: &zero, Q: &part{P: &minus}, Ints: []int16{-1}, At: map[string][]uint8{"b": nil, "a": {1}},
			Complex: [2]complex64{complex(1, -2)}, Yes: true, Nothing: make([]struct{}, 5), When: time.Unix(1, 2).UTC(), Matrix: mat.NewDense(1, 2, []float64{1, minus})},
	} {
		data := bits(t, v)
		if _, err := describe(reflect.TypeOf(v)); err != nil {
			t.Errorf("%T: %v", v, err)
		}
		back := reflect.New(reflect.TypeOf(v)).Elem()
		if err := decode([]byte(data), back); err != nil {
			t.Errorf("%T %v: %v", v, v, err)
			continue
		}
		if bits(t, back.Interface()) != data {
			t.Errorf("%T %v comes back as %v", v, v, back)
		}
		// What encode tells apart, without its help.
		if f, is := v.(float64); is && math.Float64bits(f) != math.Float64bits(back.Float()) {
			t.Errorf("%v comes back as %v", f, back)
		} else if !is && !reflect.DeepEqual(v, back.Interface()) {
			t.Errorf("%T %v comes back as %v", v, v, back)
		}
		for cut := range data {
			if err := decode([]byte(data[:cut]), reflect.New(reflect.TypeOf(v)).Elem()); err == nil {
				t.Errorf("%T %v: the first %d of %d bytes are taken", v, v, cut, len(data))
			}
		}
		if err := decode([]byte(data+"\x00"), reflect.New(reflect.TypeOf(v)).Elem()); err == nil {
			t.Errorf("%T %v: a byte behind it is passed over", v, v)
		}
	}
	long := strings.Repeat("\xff", 64)
	if err := decode([]byte(long), reflect.ValueOf(&part{}).Elem()); err == nil {
		t.Error("lengths that nothing has are believed")
	}
	loop := &part{}
	loop.Q = loop
	if _, err := encode(nil, reflect.ValueOf(loop), 0); err == nil {
		t.Error("a value that contains itself is written")
	}
}

func BenchmarkEncode(b *testing.B) {
	values := make([]float64, 1e6)
	for b.Loop() {
		if _, err := encode(nil, reflect.ValueOf(values), 0); err != nil {
			b.Fatal(err)
		}
	}
}

// Types of one name with other fields have other descriptions.
func TestDescribe(t *testing.T) {
	text := func(v any) string {
		s, err := describe(reflect.TypeOf(v))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	one := func() string {
		type local struct{ A, B float64 }
		return text([]local{})
	}
	other := func() string {
		type local struct{ B, A float64 }
		return text([]local{})
	}
	if one() == other() {
		t.Errorf("%s and %s", one(), other())
	}
}
