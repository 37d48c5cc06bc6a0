package keep

import (
	"bytes"
	"encoding"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
)

// deepest is how far values may lie inside of each other; one that contains itself has no end.
const deepest = 1000

// encode appends a value of a type that describe knows to data: numbers as 8 bytes, the lowest first,
// floats by their bits; what has a length after its length and 1, nil as 0; maps in the order of
// their written keys. Package gob forgets the sign of a zero and what is nil.
func encode(data []byte, v reflect.Value, depth int) ([]byte, error) {
	if depth > deepest {
		return nil, fmt.Errorf("a %v lies %d values deep: must not contain itself", v.Type(), depth)
	}
	number := func(x uint64) ([]byte, error) { return binary.LittleEndian.AppendUint64(data, x), nil }
	if saysItself(v.Type()) {
		own := reflect.New(v.Type()) // that of a map has no address
		own.Elem().Set(v)
		text, err := own.Interface().(encoding.BinaryMarshaler).MarshalBinary()
		if err != nil {
			return nil, err
		}
		data, _ = number(uint64(len(text)))
		return append(data, text...), nil
	}
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return number(1)
		}
		return number(0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return number(uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return number(v.Uint())
	case reflect.Float32, reflect.Float64:
		return number(math.Float64bits(v.Float()))
	case reflect.Complex64, reflect.Complex128:
		data, _ = number(math.Float64bits(real(v.Complex())))
		return number(math.Float64bits(imag(v.Complex())))
	case reflect.String:
		data, _ = number(uint64(v.Len()))
		return append(data, v.String()...), nil
	case reflect.Struct:
		return encodeAll(data, v.NumField(), v.Field, depth)
	case reflect.Array:
		return encodeAll(data, v.Len(), v.Index, depth)
	}
	if v.IsNil() {
		return number(0)
	}
	switch v.Kind() {
	case reflect.Pointer:
		data, _ = number(1)
		return encode(data, v.Elem(), depth+1)
	case reflect.Slice:
		data, _ = number(uint64(v.Len()) + 1)
		return encodeAll(data, v.Len(), v.Index, depth)
	}
	var entries [][]byte
	for key, value := range v.Seq2() {
		entry, err := encodeAll(nil, 2, func(i int) reflect.Value { return []reflect.Value{key, value}[i] }, depth)
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry)
	}
	slices.SortFunc(entries, bytes.Compare)
	data, _ = number(uint64(v.Len()) + 1)
	return append(data, bytes.Join(entries, nil)...), nil
}

func encodeAll(data []byte, count int, at func(int) reflect.Value, depth int) ([]byte, error) {
	var err error
	for i := range count {
		if data, err = encode(data, at(i), depth+1); err != nil {
			return nil, err
		}
	}
	return data, nil
}

// A decoder reads what encode has written. After an error it reads zeros.
type decoder struct {
	rest []byte
	err  error
}

var errShort = errors.New("the value ends too early")

// decode fills a value that is zero.
func decode(data []byte, v reflect.Value) error {
	d := decoder{rest: data}
	d.fill(v)
	if d.err == nil && len(d.rest) > 0 {
		return fmt.Errorf("%d bytes follow the value", len(d.rest))
	}
	return d.err
}

func (d *decoder) take(n uint64) []byte {
	if d.err != nil || n > uint64(len(d.rest)) {
		d.err, d.rest = errors.Join(d.err, errShort), nil
		return nil
	}
	taken := d.rest[:n]
	d.rest = d.rest[n:]
	return taken
}

func (d *decoder) number() uint64 {
	if taken := d.take(8); taken != nil {
		return binary.LittleEndian.Uint64(taken)
	}
	return 0
}

func (d *decoder) float() float64 { return math.Float64frombits(d.number()) }

// length is one that what is left can have; elements of no size take none.
func (d *decoder) length(t reflect.Type) (n int, isNil bool) {
	written := d.number()
	if written == 0 {
		return 0, true
	}
	if written--; written > uint64(len(d.rest)) && (t.Kind() == reflect.Map || t.Elem().Size() > 0) || written > math.MaxInt32 {
		d.err = errors.Join(d.err, errShort)
		return 0, true
	}
	return int(written), false
}

func (d *decoder) fill(v reflect.Value) {
	t := v.Type()
	if saysItself(t) {
		if text := d.take(d.number()); d.err == nil {
			d.err = v.Addr().Interface().(encoding.BinaryUnmarshaler).UnmarshalBinary(slices.Clone(text))
		}
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(d.number() != 0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(d.number()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(d.number())
	case reflect.Float32, reflect.Float64:
		v.SetFloat(d.float())
	case reflect.Complex64, reflect.Complex128:
		re := d.float()
		v.SetComplex(complex(re, d.float()))
	case reflect.String:
		v.SetString(string(d.take(d.number())))
	case reflect.Struct:
		for i := range v.NumField() {
			d.fill(v.Field(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			d.fill(v.Index(i))
		}
	case reflect.Pointer:
		if d.number() != 0 && d.err == nil {
			v.Set(reflect.New(t.Elem()))
			d.fill(v.Elem())
		}
	case reflect.Slice:
		if n, isNil := d.length(t); !isNil {
			v.Set(reflect.MakeSlice(t, n, n))
			for i := range n {
				d.fill(v.Index(i))
			}
		}
	case reflect.Map:
		if n, isNil := d.length(t); !isNil {
			v.Set(reflect.MakeMapWithSize(t, n))
			for range n {
				key, value := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
				d.fill(key)
				d.fill(value)
				if d.err != nil {
					return
				}
				v.SetMapIndex(key, value)
			}
		}
	}
}
