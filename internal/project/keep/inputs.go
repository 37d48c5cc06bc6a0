package keep

import (
	"cmp"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

var (
	marshalsJSON = reflect.TypeFor[json.Marshaler]()
	marshalsText = reflect.TypeFor[encoding.TextMarshaler]()
)

// say writes inputs as JSON, and the types of what stands in interfaces after it, since two rates of
// the same numbers need not be the same. What JSON would leave out is an error.
func say(inputs any) ([]byte, error) {
	said, err := json.Marshal(inputs) // refuses what contains itself
	if err != nil {
		return nil, err
	}
	var types strings.Builder
	err = heard(&types, reflect.ValueOf(&inputs).Elem(), "inputs")
	return fmt.Appendf(said, "\n%s", types.String()), err
}

// heard tells what of a value is not in its JSON, and notes the types in interfaces.
func heard(types *strings.Builder, v reflect.Value, where string) error {
	t := v.Type()
	if v.Kind() != reflect.Interface {
		for _, marshaler := range []reflect.Type{marshalsJSON, marshalsText} {
			if t.Implements(marshaler) || v.CanAddr() && reflect.PointerTo(t).Implements(marshaler) {
				return nil
			}
		}
	}
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		if v.Kind() == reflect.Interface {
			fmt.Fprintln(types, where, v.Elem().Type())
		}
		return heard(types, v.Elem(), where)
	case reflect.Slice, reflect.Array:
		if simple(t.Elem()) {
			return nil
		}
		for i := range v.Len() {
			if err := heard(types, v.Index(i), fmt.Sprintf("%s[%d]", where, i)); err != nil {
				return err
			}
		}
	case reflect.Map:
		if simple(t.Elem()) {
			return nil
		}
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		for _, key := range keys {
			if err := heard(types, v.MapIndex(key), fmt.Sprintf("%s[%v]", where, key)); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for i := range t.NumField() {
			field := t.Field(i)
			if !field.IsExported() && !(field.Anonymous && field.Type.Kind() == reflect.Struct) || field.Tag.Get("json") == "-" {
				return fmt.Errorf("%s.%s is not in the JSON of %v: must be an exported field, or be given by itself", where, field.Name, t)
			}
			if err := heard(types, v.Field(i), where+"."+field.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

// simple tells whether JSON says all of a type's values.
func simple(t reflect.Type) bool { return t.Kind() <= reflect.Float64 || t.Kind() == reflect.String }
