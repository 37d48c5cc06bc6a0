// The explorer: what a reader does changes the state, the state is asked about, and the
// answers are drawn.

const limitRows = 160;
const rasterRows = 24; // of each population
const notProjected = "Nothing balances at the start, so the simulation starts where it is, and not on a balanced manifold.";

class Explorer {
  constructor(page) {
    const part = (name) => page.querySelector(`[data-part="${name}"]`);
    this.page = page;
    this.part = part;
    this.scene = new Scene();
    this.link = new LinkKeeper();
    this.version = 0; // of the network, so that late answers are known
    this.paused = false;
    this.milliseconds = { limit: null, answered: null };
    this.say = (text) => { part("status").textContent = text; };
    this.copier = new Copier(part("dialog"), this.say);
    this.verdict = new VerdictPanel(part("verdict"), part("live"));
    this.controls = new Controls(part("controls"), (key, value) => this.change(key, value));
    this.scene.map = this.map = new RegimeMap(() => {
      if (this.map.done || this.map.problem) this.describe();
      this.requestDraw();
    });
    this.mapPanel = new MapPanel(part("map-figure"), {
      chosen: (keys) => {
        this.state.map = keys;
        this.mapChanged();
        this.fillMap();
      },
      seen: () => this.fillMap(),
    });
    this.plots = [
      new CurvesPlot(part("means"), "mean", "Means", "mean potential m", 0.4, false),
      new CurvesPlot(part("variances"), "variance", "Variances", "variance of the potentials K", 0.2, true),
      new PlanePlot(part("plane")),
      new HistogramPlot(part("histogram")),
      new SpectrumPlot(part("spectrum")),
      new MapPlot(part("map")),
      new RasterPlot(part("raster")),
    ];
    this.plane = this.plots[2];
  }

  // start draws the page before the program is there, and asks as soon as it is.
  async start() {
    this.listen();
    this.open(location.hash);
    const slow = setTimeout(() => {
      this.part("loading-text").textContent += " This takes longer than usual.";
      this.part("reload").hidden = false;
    }, 20_000);
    this.clients = await startProgram();
    clearTimeout(slow);
    for (const client of Object.values(this.clients)) client.failed = (text) => this.fail(text);
    const { solver, thinker } = this.clients;
    this.limits = new Channel(solver, "limit", (answer, asked) => this.receiveLimit(answer, asked));
    this.manifolds = new Channel(solver, "manifold", ({ answer }) => {
      this.scene.manifold = answer;
      this.requestDraw();
    });
    this.finites = this.restChannel(thinker, "finite", (answer) => { this.scene.finite = answer.problem?.kind === "input" ? null : answer; });
    this.statesChannel = this.restChannel(thinker, "states", (answer) => { this.scene.states = answer.states ?? []; });
    this.spectra = this.restChannel(thinker, "spectrum", (answer) => {
      this.scene.spectrum = answer;
      this.scene.spectrumStale = false;
    });
    this.rasters = this.restChannel(thinker, "raster", (answer) => {
      this.scene.raster = answer;
      this.scene.rasterStale = false;
      this.part("raster-size").textContent = answer.n < this.state.n ? `, in a network of n = ${answer.n}` : "";
    });
    this.part("loading").hidden = true;
    this.ready = true;
    this.ask();
  }

  restChannel(client, kind, use) {
    return new Channel(client, kind, ({ answer }, version) => {
      if (version !== this.version) return;
      use(answer);
      this.describe();
      this.requestDraw();
    });
  }

  // open takes the state from a link.
  open(hash) {
    const { state, ignored } = parseLink(hash);
    this.use(state);
    this.say(ignored.length ? `Left out of the link, as it means nothing here: ${shortList(ignored)}.` : "");
  }

  // use makes a state the one that is shown.
  use(state) {
    this.state = state;
    this.part("preset").value = state.preset;
    this.part("note").textContent = presetNamed(state.preset).note ?? "";
    this.controls.build(state);
    this.changed();
  }

  change(key, value) {
    const { state } = this;
    if (this.part("status").textContent !== notProjected) this.say(""); // which was about what is no more
    if (key in defaults) state[key] = value;
    else if (key === "project") {
      if (value === Boolean(state.base.initial.project)) state.changes.delete(key);
      else state.changes.set(key, value);
    } else if (key.endsWith(".kind")) {
      const index = state.base.populations.findIndex(({ name }) => key === `${name}.kind`);
      state.chooseKind(index, value);
      this.controls.refill(state, index);
    } else state.change(state.parameters.find((parameter) => parameter.key === key), value);
    this.changed();
  }

  // changed follows every change of the state, many times a second while a slider moves.
  changed() {
    const { state, scene } = this;
    this.version++;
    this.network = state.network();
    this.controls.sync(state);
    this.part("pulse").setAttribute("aria-pressed", Boolean(state.pulse));
    this.mapChanged();
    scene.about(state, this.network.populations.map(({ name }) => name));
    scene.outdate();
    this.ask();
    this.requestDraw();
  }

  mapChanged() {
    this.map.about(this.state, this.network);
    this.mapPanel.sync(this.state);
    this.link.keep(this.state);
    this.requestDraw();
  }

  // fillMap waits, like all that takes long, for sliders at rest and for a reader who sees it.
  fillMap() {
    if (this.rested === this.version && this.mapPanel.visible) this.map.fill(this.clients.thinker);
  }

  ask() {
    if (!this.ready) return;
    const { state, network, version } = this;
    this.limits.ask({ network, to: state.to, every: state.to / limitRows, n: state.n }, { version, asked: performance.now() });
    clearTimeout(this.simulateTimer);
    this.verdict.wait();
    clearTimeout(this.restTimer);
    this.simulationDue = this.restDue = false;
    this.clients.simulator.end(this.simulation);
    this.simulateTimer = setTimeout(() => this.simulate(), 120);
    this.restTimer = setTimeout(() => this.rest(), 450);
  }

  receiveLimit({ answer, milliseconds }, { version, asked }) {
    const { scene } = this;
    this.milliseconds = { limit: milliseconds, answered: performance.now() - asked };
    scene.limit = answer.times ? answer : null;
    this.answer = answer;
    this.answered = version;
    this.verdict.show(answer);
    this.manifoldMoved = true;
    if (version === this.version) {
      if (this.simulationDue) this.simulate();
      if (this.restDue) this.rest();
    } else this.verdict.wait();
    this.requestDraw();
  }

  // runnable is the network that can be simulated: a start that no balanced manifold can
  // receive stays where it is.
  get runnable() {
    const { network, answer } = this;
    const stays = network.initial.project && ["unbalanced", "oscillation"].includes(answer?.problem?.kind) && !answer.times?.length;
    return stays ? { ...network, initial: { ...network.initial, project: false } } : network;
  }

  // simulate and rest wait for the answer about the limit, on which the network depends that
  // they are about.
  simulate() {
    this.simulationDue = this.answered !== this.version;
    if (this.simulationDue || this.paused) return;
    const { scene, state, runnable: network } = this;
    if (network !== this.network) this.say(notProjected);
    else if (this.part("status").textContent === notProjected) this.say("");
    if (this.answer.problem?.kind === "input") return; // there is no network
    const { simulator } = this.clients;
    simulator.end(this.simulation);
    const question = { network, n: state.n, seed: state.seed, to: state.to, every: state.to / rowsShown };
    const { run } = scene;
    run.clear(question, this.version);
    this.simulation = simulator.stream("simulate", question, (message) => this.receiveRows(run, message));
    this.showRunning();
  }

  receiveRows(run, { kind, rows, sample, ...end }) {
    if (kind === "row") run.receive({ rows, sample });
    else {
      run.done = end;
      if (run.done.problem) this.say(`The simulation ended: ${run.done.problem.text}`);
    }
    this.requestDraw();
    return kind !== "row";
  }

  // rest follows when nothing has changed for a while.
  rest() {
    this.restDue = this.answered !== this.version;
    if (this.restDue) return;
    const { state, runnable: network, version } = this;
    this.rested = version;
    this.verdict.speak();
    fillTable(this.part("numbers"), this.answer, limitRows / tableSteps);
    this.describe();
    this.finites.ask({ network, to: state.to, every: state.to / limitRows, n: state.n }, version);
    this.statesChannel.ask({ network }, version);
    this.spectra.ask({ network, n: state.n, ...frequenciesFor(state.n) }, version);
    this.rasters.ask({ network, n: state.n, seed: state.seed, to: state.to, rows: rasterRows }, version);
    this.fillMap();
  }

  describe() {
    for (const plot of this.plots) plot.canvas.setAttribute("aria-label", plot.describe(this.scene));
  }

  // paint draws all plots; true if one of them is still moving.
  paint(elapsed) {
    let moving = false;
    for (const plot of this.plots) moving = plot.draw(this.scene, elapsed) || moving;
    return moving;
  }

  requestDraw() { this.frame ||= requestAnimationFrame((now) => this.draw(now)); }

  draw(now) {
    this.frame = 0;
    const { scene } = this;
    // After a rest the first frame is like any other.
    const elapsed = now - this.drawn < 200 ? now - this.drawn : 16;
    this.drawn = now;
    const wasRunning = scene.run.running;
    let moving = !this.paused && scene.run.advance(elapsed);
    if (moving || wasRunning) this.manifoldMoved = true;
    moving = this.paint(elapsed) || moving;
    if (this.manifoldMoved && this.ready) {
      this.manifoldMoved = moving;
      this.manifolds.ask({ network: this.network, variance: scene.varianceNow(this.network), time: scene.clock, ...this.plane.window() });
    }
    if (wasRunning && !scene.run.running) this.finished();
    if (moving) this.requestDraw();
  }

  finished() {
    this.scene.old.clear(null);
    this.showRunning();
    this.describe();
    this.requestDraw();
  }

  showRunning() {
    const { run } = this.scene;
    this.part("run").textContent = this.paused ? "Run simulation" : run.running ? "Pause" : "Run again";
  }

  // fail says in words why nothing moves.
  fail(text) {
    this.page.classList.add("failed");
    this.part("loading").hidden = false;
    this.part("loading-text").hidden = true;
    this.part("missing-text").textContent = `The explorer cannot run here: ${text}.`;
    this.part("missing").hidden = false;
    this.part("reload").hidden = false;
  }
}
