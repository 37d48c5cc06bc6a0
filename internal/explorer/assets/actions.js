// What the buttons do, and everything else the page listens to. Each says what it did.

Object.assign(Explorer.prototype, {
  listen() {
    const actions = {
      kick: () => this.kick(),
      pulse: () => this.pulse(),
      seed: () => this.newSeed(),
      run: () => this.toggleRun(),
      reset: () => this.reset(),
      "copy-link": () => this.copyLink(),
      "copy-file": () => this.copyText("file", "the network file"),
      "copy-cell": () => this.copyText("cell", "the notebook cell"),
    };
    for (const [name, action] of Object.entries(actions)) this.part(name).addEventListener("click", action);
    this.part("preset").addEventListener("change", ({ target }) => this.choose(target.value));
    // The link that came, and not the address, into which a change of before may have been written meanwhile.
    addEventListener("hashchange", ({ newURL }) => this.open(new URL(newURL).hash));
    addEventListener("pagehide", () => this.link.write());
    const refit = () => {
      colours.read();
      for (const plot of this.plots) plot.frame.resize();
      this.requestDraw();
    };
    refit();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refit);
    addEventListener("resize", refit); // also where only the pixels have another size
    const resizing = new ResizeObserver(refit);
    for (const plot of this.plots) resizing.observe(plot.canvas);
    // Paper is light, and does not wait for a frame.
    matchMedia("print").addEventListener("change", () => {
      refit();
      this.paint(0);
    });
    this.part("reload").addEventListener("click", () => location.reload());
    this.part("sheet").addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || wide.matches) return;
      this.part("sheet").open = false;
      this.part("sheet").querySelector("summary").focus();
    });
    const wide = matchMedia("(min-width: 64rem)");
    const unfold = () => { this.part("sheet").open = wide.matches; };
    unfold();
    wide.addEventListener("change", unfold);
  },

  choose(name) {
    const { n, seed, to, map } = this.state;
    this.use(Object.assign(new State(name), { n, seed, to, map }));
    this.say(`The network is ${name}, as it stands in the project.`);
  },

  kick() {
    const { limit } = this.scene;
    const last = (limit?.times?.length ?? 0) - 1;
    const { mean, variance } = last >= 0
      ? { mean: limit.mean[last], variance: limit.variance[last] }
      : this.scene.momentsOfRun() ?? this.network.initial;
    this.state.kick(mean, variance);
    this.changed();
    this.say(`Kicked: the state where the curves ended is the new start, with the mean of ${this.state.first} raised by 1, off the manifold.`);
  },

  pulse() {
    const on = this.state.togglePulse();
    this.changed();
    const [amplitude, start, duration] = this.state.pulse ?? [];
    this.say(on
      ? `The stimulus of ${this.state.first} is raised by ${amplitude} from t = ${inWords(start)} to ${inWords(start + duration)}.`
      : `The pulse is taken away.`);
  },

  newSeed() {
    this.change("seed", this.state.seed + 1);
    this.say(`Simulating again with other random numbers, seed ${this.state.seed}.`);
  },

  toggleRun() {
    const { run } = this.scene;
    if (!this.paused && run.running) {
      this.paused = true;
      this.say("The simulation is paused.");
    } else {
      const goOn = this.paused && run.question && run.running;
      this.paused = false;
      if (!goOn) {
        this.scene.retire();
        this.simulate();
      }
      const simulating = this.scene.run.question ? `Simulating ${this.state.n} neurons a class, seed ${this.state.seed}.` : "There is nothing to simulate.";
      this.say(goOn ? "The simulation goes on." : simulating);
    }
    this.showRunning();
    this.requestDraw();
  },

  reset() {
    this.state.reset();
    this.use(this.state); // with the sliders of the preset's rates
    this.say(`Everything is as in the network ${this.state.preset} again.`);
  },

  copyLink() {
    this.link.write();
    const address = location.href.replace(/#.*/, "") + formatLink(this.state);
    this.copier.copy("the link", address);
  },

  async copyText(kind, name) {
    if (!this.ready) return;
    const { runnable: network, state } = this;
    const { answer } = await this.clients.solver.request(kind, { network, n: state.n, seed: state.seed, to: state.to, every: state.to / 80 });
    if (answer.problem) this.say(`Nothing copied: ${answer.problem.text}`);
    else this.copier.copy(name, answer.text);
  },
});

// begin starts the explorer, and shows tests and the curious what it knows.
async function begin() {
  const explorer = new Explorer(document.querySelector(".explorer"));
  const copyOf = ({ mean, variance, times, shown, count, done }) => ({
    times: [...times.subarray(0, shown)],
    mean: mean.map((values) => [...values.subarray(0, shown)]),
    variance: variance.map((values) => [...values.subarray(0, shown)]),
    shown, count, done,
  });
  window.explorer = Object.freeze({
    get ready() { return Boolean(explorer.ready); },
    get state() {
      const { preset, n, seed, to, changes } = explorer.state;
      return { preset, n, seed, to, changes: Object.fromEntries(changes) };
    },
    get network() { return structuredClone(explorer.network); },
    // Whether the answer is to the newest question.
    get settled() { return explorer.answered === explorer.version; },
    get answer() { return explorer.answer; },
    get finite() { return explorer.scene.finite; },
    get manifold() { return explorer.scene.manifold; },
    get spectrum() { return explorer.scene.spectrum; },
    get map() {
      const { words, count, done, wordHere, across, up } = explorer.map;
      const axis = ({ parameter: { key }, value, cells }) => ({ key, value, at: Array.from({ length: cells }, (_, i) => (key === across.parameter.key ? across : up).at(i)) });
      return { words, count, done, wordHere, across: axis(across), up: axis(up) };
    },
    get raster() { return explorer.scene.raster; },
    get simulation() { return copyOf(explorer.scene.run); },
    get milliseconds() { return explorer.milliseconds; },
    // The memory of the three programs, in bytes.
    async memory() {
      const answers = await Promise.all(Object.values(explorer.clients).map((client) => client.request("memory")));
      return answers.reduce((sum, { answer }) => sum + answer.bytes, 0);
    },
  });
  try {
    await explorer.start();
  } catch (error) {
    explorer.fail(error.message);
  }
}

begin();
