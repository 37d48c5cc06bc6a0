package keep

import (
	"encoding"
	"encoding/gob"
	"fmt"
	"reflect"
)

var (
	encodes  = reflect.TypeFor[gob.GobEncoder]()
	marshals = reflect.TypeFor[encoding.BinaryMarshaler]()
)

// keepable tells why values of a type cannot be kept whole: gob, which writes floats bit for bit,
// passes over unexported fields without a word, and knows no functions and no bare interfaces.
func keepable(t reflect.Type) error { return keepableAt(t, t.String(), map[reflect.Type]bool{}) }

func keepableAt(t reflect.Type, where string, seen map[reflect.Type]bool) error {
	if seen[t] || t.Implements(encodes) || t.Implements(marshals) || reflect.PointerTo(t).Implements(encodes) || reflect.PointerTo(t).Implements(marshals) {
		return nil
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Func, reflect.Chan, reflect.UnsafePointer, reflect.Interface, reflect.Uintptr:
		return fmt.Errorf("%s is of kind %v: must be made of numbers, texts, slices, maps and structs with exported fields", where, t.Kind())
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return keepableAt(t.Elem(), where+"[]", seen)
	case reflect.Map:
		if err := keepableAt(t.Key(), where+" (key)", seen); err != nil {
			return err
		}
		return keepableAt(t.Elem(), where+"[]", seen)
	case reflect.Struct:
		for i := range t.NumField() {
			field := t.Field(i)
			if !field.IsExported() {
				return fmt.Errorf("%s.%s is not exported, and would be lost", where, field.Name)
			}
			if err := keepableAt(field.Type, where+"."+field.Name, seen); err != nil {
				return err
			}
		}
	}
	return nil
}
