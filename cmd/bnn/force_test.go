package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"
	"time"

	"balanced/internal/verification"
)

// What this machine cannot do is refused at once, with what it needs and what there is.
func TestRefusesWhatDoesNotFit(t *testing.T) {
	verification.Long(t)
	many := written(t, manyPopulations(300))
	for _, arguments := range []string{
		"simulate " + example("abstract") + " --n 1e9 --replicas 1 --seed 1 --to 1 --every 1 --store none",
		"simulate " + example("abstract") + " --n 1e6 --replicas 1e6 --seed 1 --to 1 --every 1 --store none",
		"limit " + many + " --to 2e6 --every 1",
		"limit " + many + " --n 100 --to 2e6 --every 1",
	} {
		begin := time.Now()
		out, messages, code := call(t, strings.Fields(arguments)...)
		if took := time.Since(begin); took > 10*time.Second || code != exitUsage || out != "" ||
			!strings.Contains(messages, "this needs about ") || !strings.Contains(messages, " of memory and ") || !strings.Contains(messages, "--force does it all the same") {
			t.Errorf("bnn %s: exit %d after %v: %s", arguments, code, took, messages)
		}
	}
}

// A signal ends every command within a second, or as soon as this machine can, at whatever moment it comes: while a forced
// simulation allocates, while many populations are solved, or while nobody reads the rows.
func TestSignalsEndCommands(t *testing.T) {
	verification.Long(t)
	many := written(t, manyPopulations(150))
	calls := []string{
		"simulate " + example("abstract") + " --n 2e7 --replicas 1 --seed 1 --to 1 --every 1 --store none --force",
		"simulate " + example("abstract") + " --n 2e7 --replicas 1 --seed 1 --to 1 --every 1 --store none --force --method leap --step 1e-3",
		"simulate " + many + " --n 100 --replicas 1 --seed 1 --to 3 --every 1 --store none --method leap",
		"limit " + many + " --to 3 --every 1e-3",
		"limit " + many + " --to 3 --every 1e-3 --n 100",
		"limit " + example("abstract") + " --to 1e5 --every 1",
		// Two populations that hear nobody leave rates a choice, so that states take many starts.
		"balance " + many + " --set weights[0][*]=0 --set weights[1][*]=0 --set feedforward[0].weights[0]=0 --set feedforward[0].weights[1]=0",
	}
	for i, arguments := range calls {
		signals := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM}
		if i > 0 { // both go the same way
			signals = signals[i%2 : i%2+1]
		}
		for _, signal := range signals {
			t.Run(fmt.Sprint(arguments, " ", signal), func(t *testing.T) {
				switch {
				case i > 0:
					verification.Only(t)
				case signal == syscall.SIGTERM:
					verification.Long(t)
				}
				limit := soon(t)
				command := program(strings.Fields(arguments)...)
				var messages bytes.Buffer
				command.Stderr = &messages
				if _, err := command.StdoutPipe(); err != nil { // nobody reads it
					t.Fatal(err)
				}
				if err := command.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Duration(500+rand.IntN(600)) * time.Millisecond)
				begin := time.Now()
				if err := command.Process.Signal(signal); err != nil {
					t.Fatal(err)
				}
				// The error is the exit code.
				_ = command.Wait()
				if took, code := time.Since(begin), command.ProcessState.ExitCode(); took > limit || code != 128+int(signal) {
					t.Errorf("bnn %s: exit %d, %v after %v: %s", arguments, code, took, signal, messages.String())
				}
			})
		}
	}
}

// manyPopulations is the file of a network of so many populations, pairs of E and I that
// hardly hear of each other, with weights of full rank and a drive that balances them at
// rates of 1/2.
func manyPopulations(count int) string {
	var populations, weights, means, variances, drive []string
	for a := range count {
		populations = append(populations, fmt.Sprintf(`{"name": "p%d", "tau": 1, "rate": {"kind": "logistic", "max": 1, "slope": 1, "threshold": 0}}`, a))
		means, variances = append(means, "0"), append(variances, "1")
		var row []string
		sum := 0.0
		for b := range count {
			weight := float64((a*a+b*b+a*b)%7+1) / float64(70*count)
			if a/2 == b/2 && a+b > 4*(a/2) { // a pair, whose E does not hear itself
				weight += 1
			}
			if b%2 == 1 {
				weight *= -2
			}
			sum += weight
			row = append(row, fmt.Sprintf("%.4g", weight))
		}
		weights = append(weights, "["+strings.Join(row, ",")+"]")
		drive = append(drive, fmt.Sprint(-sum/2))
	}
	list := func(parts []string) string { return strings.Join(parts, ",") }
	return fmt.Sprintf(`{"name": "many", "populations": [%s], "weights": [%s], "feedforward": [{"name": "x", "size": 1, "rate": {"kind": "constant", "value": 1}, "weights": [%s]}],
		"initial": {"mean": [%s], "variance": [%s], "project": false}}`, list(populations), list(weights), list(drive), list(means), list(variances))
}
