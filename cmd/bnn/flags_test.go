package main

import (
	"bytes"
	"strings"
	"testing"
)

// What is wrong with a flag is said in words of this program: which one, its value, and
// what is allowed.
func TestFlagMessages(t *testing.T) {
	limit := "limit " + example("abstract") + " "
	simulate := "simulate " + example("abstract") + " --store none --to 0 --every 1 "
	for _, c := range []struct{ arguments, message string }{
		{limit + "--to 30ms --every 1", `--to: "30ms" is not allowed: must be a finite number ≥ 0, in synaptic time constants`},
		{limit + "--to -1 --every 1", `--to: -1 is not allowed: must be a finite number ≥ 0, in synaptic time constants`},
		{limit + "--to inf --every 1", `--to: inf is not allowed: must be a finite number ≥ 0, in synaptic time constants`},
		{limit + "--to 1 --every nan", `--every: nan is not allowed: must be a finite number > 0, in synaptic time constants`},
		{limit + "--to 3 --every 1e-9", `--every: 1e-09 is not allowed: must be at least 3.2e-07 with --to 3, so that there are at most ten million rows`},
		{limit + "--to 1e300 --every 1", `--every: 1 is not allowed: must be at least 1.1e+293 with --to 1e+300, so that there are at most ten million rows`},
		{limit + "--every 1 --to", `--to: its value is missing: must be a finite number ≥ 0, in synaptic time constants`},
		{limit + "--to 1 --every 1 --n 1.5", `--n: 1.5 is not allowed: must be a whole number ≥ 1, such as 1000 or 1e3`},
		{limit + "--to 1 --every 1 --n 1e300", `--n: 1e300 is not allowed: must be a whole number ≥ 1, such as 1000 or 1e3`},
		{limit + "--to 1 --every 1 --n 0", `--n: 0 is not allowed: must be a whole number ≥ 1, such as 1000 or 1e3`},
		{simulate + "--n 1k --replicas 1 --seed 1", `--n: "1k" is not allowed: must be a whole number ≥ 1, such as 1000 or 1e3`},
		{simulate + "--n 10 --replicas -3 --seed 1", `--replicas: -3 is not allowed: must be a whole number ≥ 1, such as 1000 or 1e3`},
		{simulate + "--n 10 --replicas 1 --seed -1", `--seed: -1 is not allowed: must be a whole number from 0 to 18446744073709551615`},
		{simulate + "--n 10 --replicas 1 --seed 1e20", `--seed: 1e20 is not allowed: must be a whole number from 0 to 18446744073709551615`},
		{simulate + "--n 10 --replicas 1 --seed 1 --workers x", `--workers: "x" is not allowed: must be a whole number ≥ 0, such as 1000 or 1e3`},
		{simulate + "--n 10 --replicas 1 --seed 1 --method leap --step x", `--step: "x" is not allowed: must be a finite number ≥ 0`},
		{simulate + "--n 10 --replicas 1 --seed 1 --force=maybe", `--force: "maybe" is not allowed: must be true or false`},
		{"simulate " + example("abstract") + " --to 1 --every 1 --store none --n 10 --replicas 1 --seed 1 --method leap --tolerance 1e-30", "--tolerance: 1e-30 is not allowed: must be larger"},
		{"run --timeout 5", `--timeout: 5 is not allowed: must be a time with its unit, such as 90s or 10m`},
		{limit + "--to 1 --evry 1", "unknown flag \"--evry\" for \"bnn limit\"\n\nDid you mean this?\n\t--every"},
		{"kernel install --usr", "unknown flag \"--usr\" for \"bnn kernel install\"\n\nDid you mean this?\n\t--user"},
		{limit + "--to 1 --nonsense 1", `unknown flag "--nonsense" for "bnn limit"; see bnn limit --help`},
		{"balance nowhere.json", "reading a network: open nowhere.json: no such file or directory; there are " + example("abstract") + ", "},
	} {
		_, messages, code := call(t, strings.Fields(c.arguments)...)
		if code != exitUsage || !strings.HasPrefix(messages, "bnn: "+c.message) {
			t.Errorf("bnn %s: exit %d, %s, want %s", c.arguments, code, messages, c.message)
		}
		if strings.Contains(messages, "strconv") {
			t.Errorf("bnn %s: %s", c.arguments, messages)
		}
	}
	if messages, code := callIn(t, t.TempDir(), "balance", "nowhere.json"); code != exitUsage || strings.Contains(messages, "there are") {
		t.Errorf("outside of the project: exit %d: %s", code, messages)
	}
}

// Counts may be spelled with an exponent or a point.
func TestCountsAsNumbers(t *testing.T) {
	simulate := func(n, replicas, seed string) []byte {
		out, messages, code := call(t, "simulate", example("abstract"), "--n", n, "--replicas", replicas, "--seed", seed, "--to", "0.5", "--every", "0.5", "--store", "none")
		if code != 0 {
			t.Fatal(messages)
		}
		return []byte(out)
	}
	if want := simulate("20", "3", "1500"); !bytes.Equal(simulate("2e1", "3.0", "1.5e3"), want) || bytes.Equal(simulate("20", "3", "1501"), want) {
		t.Error("2e1, 3.0 and 1.5e3 are not 20, 3 and 1500")
	}
}
