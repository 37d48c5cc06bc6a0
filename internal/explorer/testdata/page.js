// Plays the page of the explorer in node: node page.js explorer.wasm.js SCENARIO NETWORKS.
// The results of the scenario, one a network, are printed as JSON.
"use strict";
const { Worker } = require("worker_threads");
const { readFileSync } = require("fs");
const { gunzipSync } = require("zlib");

const [script, scenario, file] = process.argv.slice(2);
(0, eval)(readFileSync(script, "utf8"));
const networks = JSON.parse(file);
const free = (network) => ({ ...network, initial: { ...network.initial, project: false } });

// late counts what a simulation shows after it was told to stop, in the memory that the worker
// shares: [the id of the simulation that was told, how many messages of rows since then].
const late = new Int32Array(new SharedArrayBuffer(8));

// A worker of node becomes one of a browser, which has messages and no require.
const browser = `{
  const { parentPort, workerData: late } = require("worker_threads");
  globalThis.postMessage = (message, transfer) => {
    if (message.kind === "row" && message.id === Atomics.load(late, 0)) Atomics.add(late, 1, 1);
    parentPort.postMessage(message, transfer);
  };
  Object.defineProperty(globalThis, "onmessage", { set(receive) { parentPort.on("message", (data) => receive({ data })); } });
  globalThis.require = undefined;
}
`;
const worker = new Worker(browser + explorerProgram.worker, { eval: true, workerData: late });
const listeners = new Set();
worker.on("error", (error) => { throw error; });
worker.on("message", (message) => {
  if (message.kind === "failed") throw new Error(message.text);
  for (const listener of listeners) listener(message);
});
const on = (listener) => { listeners.add(listener); return () => listeners.delete(listener); };
const next = (wanted) => new Promise((resolve) => {
  const off = on((message) => { if (wanted(message)) { off(); resolve(message); } });
});

let ids = 0;
async function ask(question) {
  const id = ++ids;
  worker.postMessage({ ...question, id });
  const { kind, milliseconds, answer } = await next((message) => message.id === id);
  if (kind !== question.kind || !(milliseconds >= 0)) throw new Error(`${question.kind} is answered by ${kind}`);
  if (answer.problem?.kind === "input" || answer.problem?.kind === "failed") throw new Error(answer.problem.text);
  return answer;
}

async function simulate(network, question, first) {
  const id = ++ids, rows = [];
  const off = on((message) => {
    if (message.kind !== "row" || message.id !== id) return;
    rows.push(...message.rows);
    if (message.sample.length !== network.populations.length || !message.sample.every((s) => s instanceof Float64Array && s.length > 0)) throw new Error("no sample");
    first?.();
    first = undefined;
  });
  worker.postMessage({ kind: "simulate", network: free(network), seed: 1, ...question, id });
  const done = await next((message) => message.kind === "done" && message.id === id);
  off();
  if (done.problem) throw new Error(done.problem.text);
  return { ...done, rows };
}

const scenarios = {
  async answers(network) {
    const limit = await ask({ kind: "limit", network, to: 3, every: 0.1, n: 100 });
    const window = { variance: [1, 1], time: 0, low: [-2, -2], high: [2, 2] };
    if ((await ask({ kind: "manifold", network, ...window })).curves.length === 0) throw new Error("no curves");
    if ((await ask({ kind: "finite", network: free(network), to: 1, every: 0.5, n: 100 })).times.length !== 3) throw new Error("no finite-n equations");
    if (!(await ask({ kind: "states", network })).states) throw new Error("no states");
    if ((await ask({ kind: "spectrum", network: free(network), n: 100, low: 0.1, high: 10, rows: 5 })).finite.length !== 5) throw new Error("no spectrum");
    if ((await ask({ kind: "regimes", networks: [network, {}], to: 1 })).words.length !== 2) throw new Error("no regimes");
    if ((await ask({ kind: "raster", network: free(network), n: 30, seed: 1, to: 1, rows: 4 })).trains.length !== 8) throw new Error("no raster");
    for (const n of [100, 2000]) {
      const { rows, method, stopped, problem } = await simulate(network, { n, to: 1, every: 0.05 });
      if (rows.length !== 21 || rows[20].t !== 1 || stopped || problem || method !== (n > 1000 ? "leap" : "exact")) throw new Error(`simulation: ${method}, ${rows.length} rows`);
    }
    const { text: cell } = await ask({ kind: "cell", network, n: 100, seed: 1, to: 1, every: 0.1 });
    const { text: file } = await ask({ kind: "file", network });
    return { ...limit, cell, file };
  },

  // Each simulation is ended some time after its first rows, by a message or by the next one.
  async stops(network) {
    const results = [];
    for (const n of [1000, 20000]) {
      for (const by of ["stop", "simulate"]) {
        let following;
        const stop = () => {
          const id = ids;
          setTimeout(() => {
            late[1] = 0;
            if (by === "stop") worker.postMessage({ kind: "stop" });
            else following = simulate(network, { n: 100, to: 0.1, every: 0.1 });
            Atomics.store(late, 0, id); // from now on the worker can hear it
          }, 50);
        };
        const { rows, stopped } = await simulate(network, { n, to: 15, every: 0.002 }, stop);
        results.push({ n, by, late: late[1], stopped, rows: rows.length });
        await following;
      }
    }
    return results;
  },

  async burst(network) {
    const play = async (times) => {
      for (let i = 0; i < times; i++) await ask({ kind: "limit", network, to: 1, every: 0.1, n: 100 + i });
      for (let i = 0; i < times / 10; i++) await simulate(network, { n: 2000, to: 0.2, every: 0.01, seed: i });
      return (await ask({ kind: "memory" })).bytes;
    };
    const answered = [], first = ids + 1;
    const off = on(({ id }) => answered.push(id - first));
    for (let i = 0; i < 50; i++) worker.postMessage({ kind: "limit", id: ++ids, network, to: 3, every: 0.1, n: 100 });
    await next(({ id }) => id === ids);
    off();
    // What leaks grows in every round; what the collector has not yet needed, in one or two.
    let before = await play(100), after = await play(200);
    for (let round = 0; round < 3 && after > before + 2 ** 20; round++) [before, after] = [after, await play(200)];
    return { answered, before, after };
  },
};

(async () => {
  const ready = next((message) => message.kind === "ready");
  worker.postMessage({ kind: "start", module: await WebAssembly.compile(gunzipSync(Buffer.from(explorerProgram.wasm, "base64"))) });
  await ready;
  const results = [];
  for (const network of networks) results.push(await scenarios[scenario](network));
  process.stdout.write(JSON.stringify(results), () => process.exit(0));
})().catch((error) => { console.error(error); process.exit(1); });
