package keep

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
)

var (
	marshals   = reflect.TypeFor[encoding.BinaryMarshaler]()
	unmarshals = reflect.TypeFor[encoding.BinaryUnmarshaler]()
)

// saysItself tells whether values of a type write and read themselves.
func saysItself(t reflect.Type) bool {
	if t.PkgPath() == "" && t.Kind() != reflect.Struct {
		return false // what has no name has no methods; asking takes longer
	}
	pointer := reflect.PointerTo(t)
	return t.Kind() != reflect.Interface && pointer.Implements(marshals) && pointer.Implements(unmarshals)
}

// describe returns what values of a type are made of, with the names of fields, so that what was
// written as one type is not read as another; or why they cannot be kept whole.
func describe(t reflect.Type) (string, error) {
	var text strings.Builder
	err := describeAt(&text, t, t.String(), map[reflect.Type]bool{})
	return text.String(), err
}

func describeAt(text *strings.Builder, t reflect.Type, where string, seen map[reflect.Type]bool) error {
	text.WriteString(t.String())
	if seen[t] || saysItself(t) {
		return nil
	}
	seen[t] = true
	parts := func(of ...reflect.Type) error {
		for i, part := range of {
			text.WriteString("(")
			if err := describeAt(text, part, where+[]string{"[]", " (key)"}[i], seen); err != nil {
				return err
			}
			text.WriteString(")")
		}
		return nil
	}
	switch t.Kind() {
	case reflect.Func, reflect.Chan, reflect.UnsafePointer, reflect.Interface, reflect.Uintptr:
		return fmt.Errorf("%s is of kind %v: must be made of numbers, texts, slices, maps and structs with exported fields", where, t.Kind())
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return parts(t.Elem())
	case reflect.Map:
		return parts(t.Elem(), t.Key())
	case reflect.Struct:
		for i := range t.NumField() {
			field := t.Field(i)
			if !field.IsExported() {
				return fmt.Errorf("%s.%s is not exported, and would be lost", where, field.Name)
			}
			text.WriteString("." + field.Name + " ")
			if err := describeAt(text, field.Type, where+"."+field.Name, seen); err != nil {
				return err
			}
		}
	default:
		text.WriteString(" " + t.Kind().String())
	}
	return nil
}
