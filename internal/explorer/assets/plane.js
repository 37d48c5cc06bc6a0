// The plane of the two means: the balanced manifold, the limit moving on it, and the
// simulation.

class PlanePlot {
  constructor(canvas) {
    this.canvas = canvas;
    this.frame = new Frame(canvas, { x: "", y: "", right: 16 });
    this.ranges = [0, 1].map(() => new StableRange({ least: 1, room: 0.18 }));
    this.extents = [0, 1].map(() => new Extent());
  }

  // window is the part of the plane that is asked for, somewhat more than is seen.
  window() {
    const room = this.ranges.map(({ low, high }) => (high - low) * 0.1);
    return {
      low: this.ranges.map(({ low }, i) => low - room[i]),
      high: this.ranges.map(({ high }, i) => high + room[i]),
    };
  }

  draw(scene, elapsed) {
    const { limit, run, old, names } = scene;
    const { frame, extents } = this;
    frame.xLabel = `mean of ${names[0]}`;
    frame.yLabel = `mean of ${names[1]}`;
    extents.forEach((extent, a) => {
      extent.clear();
      for (const row of limit?.mean ?? []) extent.add(row[a]);
      for (let i = 0; i < run.shown; i++) extent.add(run.mean[a][i]);
    });
    const moving = this.ranges.map((range, a) => range.follow(extents[a].low, extents[a].high, elapsed));
    const [horizontal, vertical] = this.ranges;
    frame.begin(horizontal.low, horizontal.high, vertical.low, vertical.high);
    this.drawManifold(scene);
    this.drawSimulation(old, run.shown, 0.2);
    this.drawSimulation(run, 0, 0.55);
    if (limit?.mean?.length) {
      frame.path(limit.mean.length, (i) => limit.mean[i][0], (i) => limit.mean[i][1]);
      frame.stroke(colours.text, 2);
      frame.ring(limit.mean[0][0], limit.mean[0][1], 4, colours.text, false);
    }
    this.drawStates(scene);
    this.drawPositions(scene);
    frame.end();
    return moving[0] || moving[1];
  }

  drawManifold({ manifold, names }) {
    const { frame } = this;
    for (const { population, points } of manifold?.curves ?? []) {
      if (!points.length) continue;
      frame.path(points.length, (i) => points[i][0], (i) => points[i][1]);
      const index = names.indexOf(population);
      frame.stroke(index < 0 ? colours.manifold : colours.of(index), index < 0 ? 5 : 2.5, index < 0 ? [] : [2, 3]);
    }
  }

  drawSimulation(run, first, alpha) {
    if (run.shown <= first) return;
    const { frame } = this;
    frame.context.globalAlpha = alpha;
    frame.path(run.shown - first, (i) => run.mean[0][first + i], (i) => run.mean[1][first + i]);
    frame.stroke(colours.quiet, 1);
    frame.dots(first, run.shown, (i) => run.mean[0][i], (i) => run.mean[1][i], 2.2, colours.quiet);
    frame.context.globalAlpha = 1;
  }

  // drawStates marks the stationary states: filled where balance is stable.
  drawStates({ states }) {
    const { frame } = this;
    const { context } = frame;
    for (const { mean, stability } of states) {
      const [x, y] = [frame.x(mean[0]), frame.y(mean[1])];
      context.beginPath();
      context.moveTo(x, y - 6);
      context.lineTo(x + 6, y);
      context.lineTo(x, y + 6);
      context.lineTo(x - 6, y);
      context.closePath();
      context.fillStyle = stability < 0 ? colours.text : colours.ground;
      context.fill();
      frame.stroke(colours.text, 1.5);
    }
  }

  drawPositions(scene) {
    const now = scene.momentsAt(scene.clock);
    if (now) this.frame.ring(now.mean[0], now.mean[1], 6, colours.text, true);
    const simulated = scene.momentsOfRun();
    if (simulated) this.frame.ring(simulated.mean[0], simulated.mean[1], 5, colours.quiet, false);
  }

  describe(scene) {
    const { names, manifold, states } = scene;
    const now = scene.momentsAt(scene.clock);
    const simulated = scene.momentsOfRun();
    const place = (mean) => `${names[0]} ${inWords(mean[0])}, ${names[1]} ${inWords(mean[1])}`;
    return [
      "Plane of the two means.",
      manifold?.curves?.some(({ points }) => points.length) ? "The balanced manifold is in sight." : "No balanced manifold is in sight.",
      now ? `The limit is at ${place(now.mean)}.` : "",
      simulated ? `The simulation is at ${place(simulated.mean)}.` : "",
      ...states.map(({ mean, stability, frequency }) => `A ${stability < 0 ? "balanced" : frequency > 0 ? "balanced but oscillating" : "tipping"} state lies at ${place(mean)}.`),
    ].filter(Boolean).join(" ");
  }
}
