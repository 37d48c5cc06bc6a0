// What the plots show: the answers to the newest questions, and the clock.

class Scene {
  constructor() {
    this.limit = this.finite = this.manifold = this.raster = this.spectrum = null;
    this.states = [];
    this.run = new Run();
    this.old = new Run();
    this.heldClock = 0;
    this.rasterStale = this.spectrumStale = false;
  }

  // about takes over what of the state the plots need.
  about(state, names) {
    this.to = state.to;
    this.n = state.n;
    this.names = names;
  }

  // outdate drops the answers to an older state, but for what may fade.
  outdate() {
    this.finite = null;
    this.states = [];
    this.rasterStale = this.spectrumStale = true;
    this.retire();
  }

  // retire makes room for a new run; the points of the one before stay, faded, until
  // the new ones have come as far.
  retire() {
    if (this.run.shown > 0) {
      this.heldClock = this.run.clock;
      [this.run, this.old] = [this.old, this.run];
    }
    this.run.clear(null);
  }

  // clock is the time that histogram and plane are about.
  get clock() { return this.run.shown > 0 ? this.run.clock : Math.min(this.heldClock, this.to); }

  // momentsAt is the limit at a time; nothing where it has ended or never was.
  momentsAt(t) {
    const { limit } = this;
    if (!limit?.times?.length) return null;
    const last = limit.times.length - 1;
    if (last === 0) return t > 0 && limit.problem ? null : { mean: limit.mean[0], variance: limit.variance[0] };
    const step = limit.times[1] - limit.times[0];
    const row = Math.round(t / step);
    if (row > last && limit.problem) return null;
    const i = Math.min(row, last);
    return { mean: limit.mean[i], variance: limit.variance[i] };
  }

  // momentsOfRun are those of the simulation at the time reached.
  momentsOfRun() {
    const { run } = this;
    if (!run.shown) return null;
    return { mean: [0, 1].map((a) => run.last(run.mean, a)), variance: [0, 1].map((a) => run.last(run.variance, a)) };
  }

  // varianceNow is that at which the manifold is drawn, of the simulation where there is no limit.
  varianceNow(network) {
    return (this.momentsAt(this.clock) ?? this.momentsOfRun() ?? network.initial).variance;
  }
}
