// The worker of the explorer: it passes the questions of the page to the Go program (folder
// program) and the answers back. The text of Go's wasm_exec.js stands before it in the same
// file, since a worker of a page from a file cannot load another.
(() => {
  "use strict";
  // Of these only the newest question counts: sliders ask faster than some can be answered.
  const newestOnly = new Set(["limit", "manifold", "finite", "states", "spectrum", "regimes", "raster"]);
  const waiting = []; // messages, in order
  const turn = new MessageChannel(); // its events come after those of the page that are there already
  let go, memory, scheduled = false;

  const text = ({ kind, id, ...question }) => JSON.stringify(question);

  async function start(module) {
    try {
      go = new Go();
      const instance = await WebAssembly.instantiate(module, go.importObject);
      memory = instance.exports.mem;
      go.run(instance).then(() => postMessage({ kind: "failed", text: "The program has ended." }));
      if (!globalThis.explorer) throw new Error("The program has not started.");
      postMessage({ kind: "ready" });
      schedule();
    } catch (error) {
      postMessage({ kind: "failed", text: String(error) });
    }
  }

  function answer(message) {
    const { kind, id } = message, began = performance.now();
    const reply = (answer) => postMessage({ kind, id, milliseconds: performance.now() - began, answer });
    if (kind === "memory") {
      explorer.collect();
      reply({ bytes: memory.buffer.byteLength, problem: null });
    } else {
      explorer.answer(kind, text(message), (json) => reply(JSON.parse(json)));
    }
  }

  function simulate(message) {
    const { id } = message, began = performance.now();
    explorer.simulate(text(message),
      (rows, sample) => postMessage({ kind: "row", id, rows: JSON.parse(rows), sample }, sample.map((array) => array.buffer)),
      (end) => postMessage({ kind: "done", id, milliseconds: performance.now() - began, ...JSON.parse(end) }));
  }

  function schedule() {
    if (scheduled || waiting.length === 0 || !globalThis.explorer) return;
    scheduled = true;
    turn.port2.postMessage(null);
  }

  // One question a turn, so that newer ones come in between.
  turn.port1.onmessage = () => {
    scheduled = false;
    const message = waiting.shift();
    if (!message) return; // taken back
    try {
      if (message.kind === "simulate") simulate(message);
      else answer(message);
    } catch (error) {
      postMessage({ kind: "failed", text: String(error) });
    }
    schedule();
  };

  // drop takes a waiting message of this kind back.
  function drop(kind) {
    const at = waiting.findIndex((message) => message.kind === kind);
    if (at < 0) return;
    const [{ id }] = waiting.splice(at, 1);
    if (kind === "simulate") postMessage({ kind: "done", id, milliseconds: 0, stopped: true, problem: null });
  }

  onmessage = ({ data: message }) => {
    const { kind } = message;
    if (kind === "start") {
      start(message.module);
      return;
    }
    if (kind === "stop" || kind === "simulate") {
      drop("simulate");
      if (globalThis.explorer) explorer.stop();
    } else if (newestOnly.has(kind)) {
      drop(kind);
    }
    if (kind === "stop") return;
    waiting.push(message);
    schedule();
  };
})();
