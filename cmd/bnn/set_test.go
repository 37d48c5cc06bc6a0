package main

import (
	"os"
	"strings"
	"testing"
)

// Numbers that --set gives are those of an edited file, for every command that reads one.
func TestSet(t *testing.T) {
	text, err := os.ReadFile(example("abstract"))
	if err != nil {
		t.Fatal(err)
	}
	// The file is not a network before its time constant is set: it is checked last.
	broken := written(t, strings.Replace(string(text), `"tau": 1`, `"tau": -1`, 1))
	edited := written(t, strings.NewReplacer(`[[1, -1], [1, -1]]`, `[[1, -0.9], [1, -0.9]]`, `"max": 4, "slope": 3`, `"max": 4, "slope": 2.5`).Replace(string(text)))
	settings := strings.Fields("--set weights[*][I]=-2 --set weights[*][1]=-0.9 --set populations[I].rate.slope=2.5 --set populations[E].tau=1e0")
	for _, command := range []string{
		"limit FILE --to 0.5 --every 0.25",
		"limit FILE --to 0.5 --every 0.25 --n 100",
		"simulate FILE --n 20 --replicas 3 --seed 1 --to 0.5 --every 0.25 --store none",
		"balance FILE",
	} {
		run := func(path string, more ...string) string {
			arguments := strings.Fields(command)
			arguments[1] = path
			out, messages, code := call(t, append(arguments, more...)...)
			if code != 0 {
				t.Fatalf("bnn %s %v: exit %d: %s", command, more, code, messages)
			}
			return out
		}
		want := run(edited)
		if run(broken, settings...) != want {
			t.Errorf("bnn %s: the settings %v do not give what the edited file gives", command, settings)
		}
		if run(example("abstract")) == want {
			t.Errorf("bnn %s: the edited file gives what the example gives", command)
		}
	}
}

func TestSetRefuses(t *testing.T) {
	for setting, message := range map[string]string{
		"weights":                       `--set: "weights" is not allowed: must be PATH=VALUE with a number for a value, such as weights[0][1]=-0.5`,
		"weights[0][1]=":                `--set: "weights[0][1]=" is not allowed: must be PATH=VALUE`,
		"weights[0][1]=x":               `--set: "weights[0][1]=x" is not allowed: must be PATH=VALUE`,
		"=1":                            `path: "" is not allowed: must be keys with indices`,
		"n=100":                         `n: an unknown key is not allowed: must be one of the keys populations, weights, feedforward, initial`,
		"weights[0][7]=1":               `weights[0][7]: an unknown index is not allowed: must be an index from [0] to [1], or [*] for all, or one of the names E, I in brackets`,
		"populations[I].rate.slop=1":    `populations[1].rate.slop: an unknown key is not allowed: must be one of the keys max, slope, threshold`,
		"populations[*].rate.slope=-1":  `populations[0].rate.slope: -1 is not allowed: must be a finite number ≥ 0`,
		"populations[0].tau=inf":        `populations[0].tau: +Inf is not allowed: must be a finite number > 0`,
		"weights[0][1]=1":               `weights[1][1]: -1 is not allowed: must be of the sign of weights[0][1]`,
		"feedforward[0].rate.value=0.5": `feedforward[0]: an unknown index is not allowed: must be left out: the list is empty`,
	} {
		for _, command := range []string{"limit FILE --to 1 --every 1", "simulate FILE --n 20 --replicas 1 --seed 1 --to 1 --every 1 --store none", "balance FILE"} {
			arguments := strings.Fields(strings.Replace(command, "FILE", example("abstract"), 1))
			out, messages, code := call(t, append(arguments, "--set", setting)...)
			if code != exitUsage || out != "" || !strings.Contains(messages, message) {
				t.Errorf("bnn %s --set %s: exit %d, %s, want %s", command, setting, code, messages, message)
			}
		}
	}
}
