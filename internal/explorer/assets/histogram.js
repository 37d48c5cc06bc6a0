// The potentials of the simulated neurons at the time reached, against the Gaussian of the
// limit at that time.

class HistogramPlot {
  constructor(canvas) {
    this.canvas = canvas;
    this.frame = new Frame(canvas, { x: "potential v", y: "density", right: 12 });
    this.range = new StableRange({ least: 1, room: 0 });
    this.heights = new StableRange({ least: 0.2, room: 0.12, zero: true });
    this.extent = new Extent();
    this.top = new Extent();
    this.bins = [0, 1].map(() => new Float64Array(64));
    this.counted = null;
  }

  draw(scene, elapsed) {
    const { frame, extent } = this;
    const sample = scene.run.sample ?? scene.old.sample;
    const stale = scene.run.sample === null;
    const gaussian = scene.momentsAt(sample && !stale ? sample.t : scene.clock);
    this.count(sample);
    extent.clear();
    if (gaussian) {
      gaussian.mean.forEach((mean, a) => {
        const spread = 3.6 * Math.sqrt(gaussian.variance[a]);
        extent.add(mean - spread);
        extent.add(mean + spread);
      });
    }
    if (sample && !stale) {
      extent.add(this.low);
      extent.add(this.high);
    }
    const movingRange = this.range.follow(extent.low, extent.high, elapsed);
    this.top.clear();
    if (gaussian) gaussian.variance.forEach((variance) => this.top.add(Math.min(1 / Math.sqrt(2 * Math.PI * variance), 4)));
    if (sample && !stale) this.bins.forEach((bins) => bins.forEach((value) => this.top.add(Math.min(value, 4))));
    const movingHeights = this.heights.follow(0, this.top.high, elapsed);
    frame.begin(this.range.low, this.range.high, 0, this.heights.high);
    if (sample) this.drawBars(stale ? 0.35 : 1);
    if (gaussian) this.drawGaussian(gaussian);
    frame.end();
    const middle = gaussian ?? scene.momentsOfRun();
    if (middle) this.drawNames(middle, scene.names);
    return movingRange || movingHeights;
  }

  // count makes a histogram of one bin width for both populations, once a sample.
  count(sample) {
    if (!sample || this.counted === sample) return;
    this.counted = sample;
    const extent = new Extent();
    extent.clear();
    for (const potentials of sample.sample) potentials.forEach((value) => extent.add(value));
    // Somewhat finer than Scott's rule, and at round numbers.
    const wanted = 5 * Math.cbrt(sample.sample[0].length);
    const step = tickStep(0, extent.high - extent.low, Math.min(wanted, this.bins[0].length * 0.8));
    this.first = Math.floor(extent.low / step);
    this.step = extent.high > extent.low ? step : 0.05;
    while (Math.floor(extent.high / this.step) - this.first >= this.bins[0].length) {
      this.step *= 2;
      this.first = Math.floor(extent.low / this.step);
    }
    this.low = this.first * this.step;
    this.high = (Math.floor(extent.high / this.step) + 1) * this.step;
    sample.sample.forEach((potentials, a) => {
      this.bins[a].fill(0);
      const share = 1 / (potentials.length * this.step);
      potentials.forEach((value) => { this.bins[a][Math.floor(value / this.step) - this.first] += share; });
    });
  }

  drawBars(alpha) {
    const { frame } = this;
    const { context } = frame;
    this.bins.forEach((bins, population) => {
      context.beginPath();
      bins.forEach((height, i) => {
        if (height === 0) return;
        const left = frame.x((this.first + i) * this.step);
        const right = frame.x((this.first + i + 1) * this.step);
        context.rect(left, frame.y(height), Math.max(right - left - 0.5, 0.5), frame.y(0) - frame.y(height));
      });
      context.globalAlpha = 0.32 * alpha;
      context.fillStyle = colours.of(population);
      context.fill();
    });
    context.globalAlpha = 1;
  }

  drawGaussian({ mean, variance }) {
    const { frame } = this;
    const count = Math.ceil(frame.inner.width / 2);
    const at = (i) => frame.xLow + (frame.xHigh - frame.xLow) * i / count;
    mean.forEach((m, population) => {
      const k = Math.max(variance[population], 1e-6);
      frame.path(count + 1, at, (i) => Math.exp(-((at(i) - m) ** 2) / (2 * k)) / Math.sqrt(2 * Math.PI * k));
      frame.stroke(colours.of(population), population === 0 ? 2 * rim : 2);
    });
  }

  drawNames({ mean, variance }, names) {
    const { frame } = this;
    const { context } = frame;
    const places = mean.map((m, a) => {
      const peak = Math.min(1 / Math.sqrt(2 * Math.PI * Math.max(variance[a], 1e-6)), frame.yHigh);
      return { x: frame.x(m), y: Math.max(frame.y(peak) - 11, 10) };
    });
    if (places.length === 2 && Math.abs(places[0].x - places[1].x) < 18 && Math.abs(places[0].y - places[1].y) < 18) {
      const left = places[0].x < places[1].x ? 0 : 1;
      places[left].x -= 9;
      places[1 - left].x += 9;
    }
    context.font = `600 15px ${colours.serif}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    places.forEach(({ x, y }, a) => {
      context.fillStyle = colours.ofName(a);
      context.fillText(names[a], x, y);
    });
  }

  describe(scene) {
    const { sample } = scene.run;
    const gaussian = scene.momentsAt(sample ? sample.t : scene.clock);
    const curve = gaussian
      ? `the Gaussians of the limit: ${scene.names.map((name, a) => `${name} with mean ${inWords(gaussian.mean[a])} and variance ${inWords(gaussian.variance[a])}`).join(", ")}`
      : "no Gaussian, as there is no limit";
    return sample
      ? `Histogram of the potentials of ${sample.sample.map((potentials, a) => `${potentials.length} neurons of ${scene.names[a]}`).join(" and ")} at t = ${inWords(sample.t)}, and ${curve}.`
      : `Histogram of potentials, not simulated yet, and ${curve}.`;
  }
}
