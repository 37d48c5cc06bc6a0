// Means or variances over time: lines for the limit, dashes for the finite-n equations,
// points for the simulation.

class CurvesPlot {
  constructor(canvas, table, words, y, least, zero) {
    Object.assign(this, { canvas, table, words });
    this.frame = new Frame(canvas, { x: "time t (synaptic time constants)", y });
    this.range = new StableRange({ least, zero });
    this.extent = new Extent();
  }

  draw(scene, elapsed) {
    const { limit, finite, run, old, to } = scene;
    const { frame, extent, table } = this;
    extent.clear();
    for (const answer of [limit, finite]) {
      for (const row of answer?.[table] ?? []) row.forEach((value) => extent.add(value));
    }
    for (const values of run[table]) {
      for (let i = 0; i < run.shown; i++) extent.add(values[i]);
    }
    const moving = this.range.follow(extent.low, extent.high, elapsed);
    frame.begin(0, to, this.range.low, this.range.high);
    this.drawPoints(old, run.clock, old.shown, 0.25);
    this.drawPoints(run, -1, run.shown, 0.6);
    this.drawLines(finite, 1.2, [5, 4]);
    this.drawLines(limit, 2, []);
    this.drawEnd(limit, to);
    this.drawCursor(scene);
    frame.end();
    frame.names(scene.names.map((name, population) => ({ name, population, value: this.lastValue(scene, population) })));
    return moving;
  }

  drawPoints(run, after, shown, alpha) {
    const { frame, table } = this;
    let first = 0;
    while (first < shown && run.times[first] <= after) first++;
    frame.context.globalAlpha = alpha;
    run[table].forEach((values, population) => {
      frame.dots(first, shown, (i) => run.times[i], (i) => values[i], 2.3, colours.of(population));
    });
    frame.context.globalAlpha = 1;
  }

  drawLines(answer, width, dash) {
    const rows = answer?.[this.table] ?? [];
    for (let population = 0; population < (rows[0]?.length ?? 0); population++) {
      this.frame.path(rows.length, (i) => answer.times[i], (i) => rows[i][population]);
      this.frame.stroke(colours.of(population), population === 0 ? width * rim : width, dash);
    }
  }

  // drawEnd marks where the limit ends before the time that is shown.
  drawEnd(limit, to) {
    const rows = limit?.[this.table] ?? [];
    if (!rows.length || !limit.problem || limit.times[rows.length - 1] >= to) return;
    const last = rows.length - 1;
    rows[last].forEach((value, population) => this.frame.ring(limit.times[last], value, 5, colours.of(population), false));
    const { frame } = this;
    const end = limit.times[last];
    const late = end > 0.7 * to; // no room on the right
    frame.label("the limit ends", frame.x(end) + (late ? -10 : 10), frame.top + 6, late ? "right" : "left");
  }

  drawCursor({ run }) {
    if (!run.running || run.shown === 0 || still.matches) return;
    const { frame } = this;
    const x = Math.round(frame.x(run.clock)) + 0.5;
    frame.context.beginPath();
    frame.context.moveTo(x, frame.top);
    frame.context.lineTo(x, frame.top + frame.inner.height);
    frame.stroke(colours.line, 1);
  }

  lastValue({ limit, finite, run, to }, population) {
    for (const answer of [limit, finite]) {
      const rows = answer?.[this.table] ?? [];
      if (rows.length && answer.times[rows.length - 1] >= to * 0.9) return rows[rows.length - 1][population];
    }
    return run.last(run[this.table], population);
  }

  describe({ limit, run, names, n }) {
    const rows = limit?.[this.table] ?? [];
    const lines = rows.length
      ? `In the limit ${names.map((name, a) => `${name} goes from ${inWords(rows[0][a])} to ${inWords(rows[rows.length - 1][a])}`).join(", ")}, until t = ${inWords(limit.times[rows.length - 1])}.`
      : "There is no limit to draw.";
    const points = run.shown
      ? ` In the simulation of ${n} neurons a class, at t = ${inWords(run.clock)}, ${names.map((name, a) => `${name} is at ${inWords(run.last(run[this.table], a))}`).join(", ")}.`
      : "";
    return `${this.words} over time. ${lines}${points}`;
  }
}
