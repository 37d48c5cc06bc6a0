// The program and its workers: loading it, and asking without ever waiting in line.

function loadScript(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`the program file ${source}, which belongs beside this page, cannot be loaded`));
    document.head.append(script);
  });
}

function decodeBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

const programFile = "explorer.wasm.js";

// startProgram loads and compiles the program and starts three workers with it: one solves
// while sliders move, one simulates, one answers what takes longer once they rest.
async function startProgram() {
  for (const name of ["WebAssembly", "Worker", "DecompressionStream"]) {
    if (!(name in globalThis)) throw new Error(`this browser has no ${name}`);
  }
  await loadScript(programFile);
  const program = globalThis.explorerProgram;
  delete globalThis.explorerProgram; // megabytes of text
  let module;
  try {
    const unpacked = new Blob([decodeBase64(program.wasm)]).stream().pipeThrough(new DecompressionStream("gzip"));
    module = await WebAssembly.compileStreaming(new Response(unpacked, { headers: { "Content-Type": "application/wasm" } }));
  } catch (error) {
    throw new Error(`the program file ${programFile} is damaged (${error.message})`);
  }
  const address = URL.createObjectURL(new Blob([program.worker], { type: "text/javascript" }));
  const [solver, simulator, thinker] = [5, 5, 30].map((patience) => new Client(address, module, patience));
  await Promise.all([solver.started, simulator.started, thinker.started]);
  return { solver, simulator, thinker };
}

let lastQuestion = 0;

// A Client gives the answers of one worker to those who asked. A worker that fails, or takes
// more seconds for an answer than there is patience for, is replaced, and what it was asked
// is answered by a problem.
class Client {
  constructor(address, module, patience) {
    Object.assign(this, { address, module, patience });
    this.waiting = new Map(); // from the number of a question to who takes its answers
    this.failed = () => {};
    this.start();
  }

  start() {
    this.started = new Promise((resolve, reject) => {
      const worker = new Worker(this.address);
      this.worker = worker;
      let ready = false;
      const failed = (text) => {
        if (worker !== this.worker) return; // replaced already
        if (ready) this.replace(text);
        else reject(new Error(text));
      };
      worker.onmessage = ({ data }) => {
        if (data.kind === "failed") failed(data.text);
        else if (data.kind === "ready") {
          ready = true;
          resolve();
        } else this.waiting.get(data.id)?.take(data);
      };
      worker.onerror = (event) => failed(event.message || "a worker of the program does not start");
      worker.postMessage({ kind: "start", module: this.module });
    });
  }

  replace(text) {
    this.worker.terminate();
    const unanswered = [...this.waiting];
    this.waiting.clear();
    this.start();
    this.started.catch(({ message }) => this.failed(message));
    const problem = { kind: "failed", text, time: null };
    for (const [id, { kind, take }] of unanswered) take({ kind: kind === "simulate" ? "done" : kind, id, problem, answer: { problem } });
  }

  // stream asks a question with many answers; take returns true with the last one.
  stream(kind, question, take) {
    const id = ++lastQuestion;
    this.waiting.set(id, { kind, take: (answer) => { if (take(answer)) this.waiting.delete(id); } });
    this.worker.postMessage({ kind, id, ...question });
    return id;
  }

  // end stops a simulation, of which nothing more is wanted.
  end(id) {
    this.waiting.delete(id);
    this.worker.postMessage({ kind: "stop" });
  }

  request(kind, question = {}) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.replace(`There is no answer within ${this.patience} seconds: with these values the equations are too hard.`), 1000 * this.patience);
      this.stream(kind, question, (answer) => {
        clearTimeout(timer);
        resolve(answer);
        return true;
      });
    });
  }
}

// A Channel asks one kind of question: one at most is under way, and of those that come
// meanwhile only the newest is kept. So answers keep coming while a slider moves.
class Channel {
  constructor(client, kind, receive) {
    Object.assign(this, { client, kind, receive });
    this.busy = false;
    this.next = null;
  }

  // ask hands the answer to receive together with the context, which stays on this side.
  async ask(question, context) {
    this.next = { question, context };
    if (this.busy) return;
    this.busy = true;
    while (this.next) {
      const asked = this.next;
      this.next = null;
      this.receive(await this.client.request(this.kind, asked.question), asked.context);
    }
    this.busy = false;
  }
}
