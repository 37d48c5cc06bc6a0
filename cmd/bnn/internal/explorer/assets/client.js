// The program and its workers: loading it, and asking without ever waiting in line.

class MissingError extends Error {}

function loadScript(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = resolve;
    script.onerror = () => reject(new MissingError(`the program file ${source}, which belongs beside this page, cannot be loaded`));
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

function startWorker(address, module) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(address);
    worker.onerror = (event) => reject(new Error(event.message || "a worker of the program does not start"));
    worker.onmessage = ({ data }) => {
      if (data.kind === "failed") reject(new Error(data.text));
      if (data.kind !== "ready") return;
      worker.onmessage = worker.onerror = null;
      resolve(worker);
    };
    worker.postMessage({ kind: "start", module });
  });
}

// startProgram loads and compiles the program and starts three workers with it: one solves
// while sliders move, one simulates, one answers what takes longer once they rest.
async function startProgram() {
  for (const name of ["WebAssembly", "Worker", "DecompressionStream"]) {
    if (!(name in globalThis)) throw new MissingError(`this browser has no ${name}`);
  }
  await loadScript("explorer.wasm.js");
  const program = globalThis.explorerProgram;
  delete globalThis.explorerProgram; // megabytes of text
  const unpacked = new Blob([decodeBase64(program.wasm)]).stream().pipeThrough(new DecompressionStream("gzip"));
  const module = await WebAssembly.compileStreaming(
    new Response(unpacked, { headers: { "Content-Type": "application/wasm" } }));
  const address = URL.createObjectURL(new Blob([program.worker], { type: "text/javascript" }));
  const workers = await Promise.all([1, 2, 3].map(() => startWorker(address, module)));
  URL.revokeObjectURL(address);
  const [solver, simulator, thinker] = workers.map((worker) => new Client(worker));
  return { solver, simulator, thinker };
}

let lastQuestion = 0;

// A Client gives the answers of one worker to those who asked.
class Client {
  constructor(worker) {
    this.worker = worker;
    this.waiting = new Map(); // from the number of a question to who takes its answers
    this.failed = () => {};
    worker.onmessage = ({ data }) => {
      if (data.kind === "failed") this.failed(data.text);
      else this.waiting.get(data.id)?.(data);
    };
    worker.onerror = (event) => this.failed(event.message || "the program has ended");
  }

  // stream asks a question with many answers; take returns true with the last one.
  stream(kind, question, take) {
    const id = ++lastQuestion;
    this.waiting.set(id, (answer) => { if (take(answer)) this.waiting.delete(id); });
    this.worker.postMessage({ kind, id, ...question });
    return id;
  }

  // end stops a simulation, of which nothing more is wanted.
  end(id) {
    this.waiting.delete(id);
    this.worker.postMessage({ kind: "stop" });
  }

  request(kind, question = {}) {
    return new Promise((resolve) => this.stream(kind, question, (answer) => { resolve(answer); return true; }));
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
