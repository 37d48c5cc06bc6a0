//go:build js && wasm

// Command program is what the worker of the explorer runs: package model in WebAssembly.
//
// It offers the worker a global object explorer with four functions. Texts are JSON;
// the worker takes the kind and the id out of a message and puts them back.
//
//	answer(kind, question, reply)      calls reply(answer)
//	simulate(question, show, reply)    calls show(rows, sample) again and again, then reply(end)
//	stop()                             ends the simulation, whose reply comes soon after
//	collect()                          frees the memory that nothing needs any more
//
// A question of kind "raster" ends the one before it, and so does a simulation. Everything
// else is answered before the call returns.
package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"runtime"
	"syscall/js"
	"time"

	"balanced/internal/explorer/model"
)

const (
	// patience is how long an event waits while something long is computed.
	patience = 20 * time.Millisecond
	// betweenBatches is how often the page is shown new rows.
	betweenBatches = 40 * time.Millisecond
)

func main() {
	rasters, simulations := &job{}, &job{}
	js.Global().Set("explorer", map[string]any{
		"answer": js.FuncOf(func(_ js.Value, arguments []js.Value) any {
			kind, question, reply := arguments[0].String(), []byte(arguments[1].String()), arguments[2]
			if kind == "raster" {
				rasters.start(func(ctx context.Context) { reply.Invoke(string(model.Answer(ctx, kind, question))) })
			} else {
				reply.Invoke(string(model.Answer(context.Background(), kind, question)))
			}
			return nil
		}),
		"simulate": js.FuncOf(func(_ js.Value, arguments []js.Value) any {
			question, show, reply := []byte(arguments[0].String()), arguments[1], arguments[2]
			simulations.start(func(ctx context.Context) {
				reply.Invoke(string(model.Simulate(ctx, question, betweenBatches, func(batch model.Batch) { showBatch(show, batch) })))
			})
			return nil
		}),
		"stop": js.FuncOf(func(js.Value, []js.Value) any {
			simulations.stop()
			return nil
		}),
		"collect": js.FuncOf(func(js.Value, []js.Value) any {
			runtime.GC()
			return nil
		}),
	})
	select {} // the worker calls
}

// A job is a long computation, of which there is one at a time.
type job struct{ cancel context.CancelFunc }

// start ends the computation before and begins another beside the events of the worker.
func (j *job) start(compute func(ctx context.Context)) {
	j.stop()
	ctx, cancel := context.WithCancel(context.Background())
	j.cancel = cancel
	go func() {
		defer cancel()
		compute(model.Considerate(ctx, patience, letEventsIn))
	}()
}

// letEventsIn returns after the worker had a turn of its events, those of the page among them.
func letEventsIn() {
	over := make(chan struct{})
	resume := js.FuncOf(func(js.Value, []js.Value) any {
		close(over)
		return nil
	})
	defer resume.Release()
	js.Global().Call("setTimeout", resume, 1)
	<-over
}

func (j *job) stop() {
	if j.cancel != nil {
		j.cancel()
	}
}

// showBatch passes rows as text and potentials as one Float64Array a population.
func showBatch(show js.Value, batch model.Batch) {
	rows, err := json.Marshal(batch.Rows)
	if err != nil {
		panic(err) // finite numbers can always be written
	}
	samples := make([]any, len(batch.Sample))
	for a, potentials := range batch.Sample {
		bytes, err := binary.Append(nil, binary.LittleEndian, potentials)
		if err != nil {
			panic(err) // a float64 can always be written
		}
		array := js.Global().Get("Uint8Array").New(len(bytes))
		js.CopyBytesToJS(array, bytes)
		samples[a] = js.Global().Get("Float64Array").New(array.Get("buffer"))
	}
	show.Invoke(string(rows), samples)
}
