// One simulation as it comes from the worker, shown at a pace that can be followed.

const rowsShown = 160; // of a simulation
const paceMilliseconds = 3200; // to show a whole run, if it is simulated as fast as that

class Run {
  constructor() {
    const capacity = rowsShown + 2;
    this.times = new Float64Array(capacity);
    const table = () => [0, 1].map(() => new Float64Array(capacity));
    this.mean = table();
    this.variance = table();
    this.samples = [];
    this.clear(null, 0);
  }

  clear(question, version) {
    Object.assign(this, { question, version, count: 0, shown: 0, clock: 0, done: null, sample: null });
    this.samples.length = 0;
  }

  receive({ rows, sample }) {
    for (const { t, mean, variance } of rows) {
      if (this.count === this.times.length) return;
      this.times[this.count] = t;
      mean.forEach((value, a) => { this.mean[a][this.count] = value; });
      variance.forEach((value, a) => { this.variance[a][this.count] = value; });
      this.count++;
    }
    if (sample) this.samples.push({ t: this.times[this.count - 1], sample });
  }

  get running() { return this.question !== null && (!this.done || this.shown < this.count); }

  // advance moves the clock; true if there is more to show. Where motion is not wanted the
  // run is shown when it has ended.
  advance(elapsed) {
    const reached = this.count ? this.times[this.count - 1] : 0;
    const pace = this.question ? this.question.to / paceMilliseconds : 0;
    if (still.matches) this.clock = this.done ? reached : 0;
    else this.clock = Math.min(reached, this.clock + pace * elapsed);
    while (this.shown < this.count && this.times[this.shown] <= this.clock && (this.done || !still.matches)) this.shown++;
    while (this.samples.length && this.samples[0].t <= this.clock) this.sample = this.samples.shift();
    return this.shown < this.count;
  }

  last(table, population) { return this.shown ? table[population][this.shown - 1] : null; }
}
