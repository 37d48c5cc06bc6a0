package flags

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// mostNumbers is the most of a list: a count is easily too large by a slip.
const mostNumbers = 100_000

// A List is the value of a flag of finite numbers such as 0.1,0.5,1:10:19, where from:to:count
// stands for count ≥ 2 evenly spaced numbers, both ends among them. Given again, it is replaced.
type List struct {
	Values []float64
	text   string // as it was given, its numbers in one spelling
}

var _ pflag.Value = (*List)(nil)

// String implements pflag.Value.
func (l *List) String() string { return l.text }

// Type implements pflag.Value.
func (l *List) Type() string { return "LIST" }

func (l *List) allowed() string {
	return "finite numbers separated by commas, or from:to:count with a count from 2, at most 100000 in all, such as 0.1,0.5,1:10:19"
}

// Set implements pflag.Value.
func (l *List) Set(text string) error {
	var values []float64
	var parts []string
	for part := range strings.SplitSeq(text, ",") {
		some, spelled, ok := listPart(strings.Split(part, ":"))
		if !ok || len(values)+len(some) > mostNumbers {
			return errors.New(l.allowed())
		}
		values, parts = append(values, some...), append(parts, spelled)
	}
	l.Values, l.text = values, strings.Join(parts, ",")
	return nil
}

// listPart reads a number, or what stands for several.
func listPart(fields []string) (values []float64, spelled string, ok bool) {
	var numbers []float64
	var texts []string
	for _, field := range fields {
		number, err := strconv.ParseFloat(strings.TrimSpace(field), 64)
		if err != nil || math.IsNaN(number) || math.IsInf(number, 0) {
			return nil, "", false
		}
		number += 0 // -0 is 0
		numbers, texts = append(numbers, number), append(texts, strconv.FormatFloat(number, 'g', -1, 64))
	}
	spelled = strings.Join(texts, ":")
	switch len(numbers) {
	case 1:
		return numbers, spelled, true
	case 3:
		from, to, count := numbers[0], numbers[1], numbers[2]
		if count != math.Trunc(count) || count < 2 || count > mostNumbers {
			return nil, "", false
		}
		for i := range int(count) {
			part := float64(i) / (count - 1)
			values = append(values, from*(1-part)+to*part) // both ends to the last bit, and no overflow
		}
		return values, spelled, true
	}
	return nil, "", false
}

// AddSize defines the required flag --n: a size, or inf for the limit of many neurons, which is 0.
func AddSize(command *cobra.Command, n *int) {
	command.Flags().Var(sizeValue{n}, "n", "size of the network, at least 2 neurons in each population, or inf for the limit (required)")
	command.Flags().Lookup("n").DefValue = "" // inf is a value, which a canonical command line has
	Require(command, "n")
}

type sizeValue struct{ n *int }

// String implements pflag.Value.
func (v sizeValue) String() string {
	if v.n == nil || *v.n == 0 {
		return "inf"
	}
	return strconv.Itoa(*v.n)
}

// Type implements pflag.Value.
func (v sizeValue) Type() string    { return "N" }
func (v sizeValue) allowed() string { return "a whole number ≥ 1, such as 1000 or 1e3, or inf" }

// Set implements pflag.Value.
func (v sizeValue) Set(text string) error {
	if text == "inf" {
		*v.n = 0
		return nil
	}
	if Count(v.n, 1).Set(text) != nil {
		return errors.New(v.allowed())
	}
	return nil
}
