package flags

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"balanced/bnn/sweep"

	"github.com/spf13/pflag"
)

// Shard is the value of a flag for a part of a sweep, spelled i/N.
func Shard(shard *sweep.Shard) pflag.Value { return shardValue{shard} }

type shardValue struct{ shard *sweep.Shard }

func (v shardValue) String() string {
	if v.shard == nil || v.shard.Of == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", v.shard.Number, v.shard.Of)
}

func (v shardValue) Type() string    { return "i/N" }
func (v shardValue) allowed() string { return "i/N with 1 ≤ i ≤ N, such as 3/8" }

func (v shardValue) Set(text string) error {
	first, last, found := strings.Cut(text, "/")
	number, errNumber := strconv.Atoi(first)
	of, errOf := strconv.Atoi(last)
	if !found || errors.Join(errNumber, errOf) != nil || number < 1 || number > of {
		return errors.New(v.allowed())
	}
	*v.shard = sweep.Shard{Number: number, Of: of}
	return nil
}
