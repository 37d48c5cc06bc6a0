// The frame of a plot on a canvas: size, colours, axes and the marks that plots share.

const still = matchMedia("(prefers-reduced-motion: reduce)");

// The colours of the page, read again when its light changes.
const colours = {
  read() {
    const style = getComputedStyle(document.querySelector(".explorer"));
    const of = (name) => style.getPropertyValue(name).trim();
    this.text = of("--text-main");
    this.quiet = of("--text-quiet");
    this.line = of("--line");
    this.ground = of("--background-raised");
    this.manifold = of("--graph-manifold");
    this.classes = [of("--graph-excitatory"), of("--graph-inhibitory")];
    this.regimes = Object.fromEntries(Object.keys(words).map((word) => [word, of(`--map-${word}`)]));
    this.names = [of("--text-excitatory"), of("--text-inhibitory")];
    this.sans = of("--sans");
    this.serif = of("--serif");
  },
  of(population) { return this.classes[population % 2]; },
  ofName(population) { return this.names[population % 2]; },
};

// Where two lines coincide the first one, drawn wider, can be seen beside the second.
const rim = 1.7;

class Frame {
  // With decades the numbers of both axes are powers of ten.
  constructor(canvas, { x, y, right = 30, decades = false }) {
    Object.assign(this, { canvas, xLabel: x, yLabel: y, right });
    this.stepOf = decades ? (low, high, count) => Math.max(1, tickStep(low, high, count)) : tickStep;
    this.tickLabel = decades ? powerLabel : tickLabel;
    this.context = canvas.getContext("2d");
    this.width = this.height = 0;
  }

  // resize fits the canvas to its place and the pixels of the screen.
  resize() {
    const { width, height } = this.canvas.getBoundingClientRect();
    const scale = devicePixelRatio;
    this.scale = scale;
    this.width = width;
    this.height = height;
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    this.context.setTransform(scale, 0, 0, scale, 0, 0);
  }

  // begin clears the canvas, draws the axes and clips what follows to the inside.
  begin(xLow, xHigh, yLow, yHigh) {
    if (this.scale !== devicePixelRatio) this.resize(); // on another screen
    this.left = 46;
    this.top = 26;
    this.inner = { width: this.width - this.left - this.right, height: this.height - this.top - 42 };
    Object.assign(this, { xLow, xHigh, yLow, yHigh });
    this.xScale = this.inner.width / (xHigh - xLow);
    this.yScale = this.inner.height / (yHigh - yLow);
    const { context } = this;
    context.globalAlpha = 1;
    context.clearRect(0, 0, this.width, this.height);
    this.axes();
    context.save();
    context.beginPath();
    context.rect(this.left, this.top - 2, this.inner.width + 2, this.inner.height + 4);
    context.clip();
  }

  end() { this.context.restore(); }

  x(value) { return this.left + (value - this.xLow) * this.xScale; }

  y(value) { return this.top + this.inner.height - (value - this.yLow) * this.yScale; }

  axes() {
    const { context } = this;
    const bottom = this.top + this.inner.height;
    context.lineWidth = 1;
    context.strokeStyle = colours.line;
    context.fillStyle = colours.quiet;
    context.font = `12px ${colours.sans}`;
    if (this.yLabel) {
      const step = this.stepOf(this.yLow, this.yHigh, this.inner.height / 48);
      context.textAlign = "right";
      context.textBaseline = "middle";
      context.beginPath();
      for (const tick of ticks(this.yLow, this.yHigh, step)) {
        const y = Math.round(this.y(tick)) + 0.5;
        context.moveTo(this.left, y);
        context.lineTo(this.left + this.inner.width, y);
        context.fillText(this.tickLabel(tick, step), this.left - 8, y);
      }
      context.globalAlpha = 0.6;
      context.stroke();
      context.globalAlpha = 1;
      this.label(this.yLabel, 0, this.top - 14, "left");
    }
    const step = this.stepOf(this.xLow, this.xHigh, Math.min(this.inner.width / 52, 9));
    context.strokeStyle = colours.quiet;
    context.textAlign = "center";
    context.textBaseline = "top";
    context.beginPath();
    context.moveTo(this.left, bottom + 0.5);
    context.lineTo(this.left + this.inner.width, bottom + 0.5);
    for (const tick of ticks(this.xLow, this.xHigh, step)) {
      const x = Math.round(this.x(tick)) + 0.5;
      context.moveTo(x, bottom);
      context.lineTo(x, bottom + 4);
      context.fillText(this.tickLabel(tick, step), x, bottom + 7);
    }
    context.stroke();
    this.label(this.xLabel, this.left + this.inner.width, bottom + 31, "right");
  }

  label(text, x, y, align, colour = colours.quiet) {
    const { context } = this;
    context.fillStyle = colour;
    context.font = `12.5px ${colours.sans}`;
    context.textAlign = align;
    context.textBaseline = "middle";
    context.fillText(text, x, y);
  }

  // path begins a line through count points; a point that is no number interrupts it.
  path(count, x, y) {
    const { context } = this;
    context.beginPath();
    let drawn = false;
    for (let i = 0; i < count; i++) {
      const vertical = y(i);
      if (vertical === null || !Number.isFinite(vertical)) {
        drawn = false;
      } else if (drawn) {
        context.lineTo(this.x(x(i)), this.y(vertical));
      } else {
        context.moveTo(this.x(x(i)), this.y(vertical));
        drawn = true;
      }
    }
  }

  stroke(colour, width, dash = []) {
    const { context } = this;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.lineJoin = "round";
    context.setLineDash(dash);
    context.stroke();
    context.setLineDash([]);
  }

  // dots marks the points from first to before last.
  dots(first, last, x, y, radius, colour) {
    const { context } = this;
    context.fillStyle = colour;
    context.beginPath();
    for (let i = first; i < last; i++) {
      const [horizontal, vertical] = [this.x(x(i)), this.y(y(i))];
      context.moveTo(horizontal + radius, vertical);
      context.arc(horizontal, vertical, radius, 0, 2 * Math.PI);
    }
    context.fill();
  }

  // ring is a mark with a rim of the background, to be seen on lines of any colour.
  ring(x, y, radius, colour, filled) {
    const { context } = this;
    context.beginPath();
    context.arc(this.x(x), this.y(y), radius, 0, 2 * Math.PI);
    context.fillStyle = filled ? colour : colours.ground;
    context.fill();
    context.strokeStyle = filled ? colours.ground : colour;
    context.lineWidth = 2;
    context.stroke();
  }

  // names writes the populations beside the ends of their lines, never on one another.
  names(entries) {
    const visible = entries.filter(({ value }) => value !== null && Number.isFinite(value));
    const places = visible.map(({ name, value, population }) => ({ name, population, y: this.y(value) }))
      .sort((a, b) => a.y - b.y);
    for (let i = 1; i < places.length; i++) {
      const overlap = 17 - (places[i].y - places[i - 1].y);
      if (overlap <= 0) continue;
      places[i - 1].y -= overlap / 2;
      places[i].y += overlap / 2;
    }
    const { context } = this;
    context.font = `600 15px ${colours.serif}`;
    context.textAlign = "left";
    context.textBaseline = "middle";
    for (const { name, population, y } of places) {
      const inside = Math.min(Math.max(y, this.top + 6), this.top + this.inner.height - 6);
      context.fillStyle = colours.ofName(population);
      context.fillText(name, this.left + this.inner.width + 8, inside);
    }
  }
}
