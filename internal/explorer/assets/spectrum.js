// How the rates fluctuate at rest: the spectra at size n and what they come to, over frequency,
// both in powers of ten.

const frequencyRows = 121;

// frequenciesFor reach from what is slow beside the leaks to the fast answers, of order √n.
const frequenciesFor = (n) => ({ low: 0.01, high: 30 * Math.sqrt(n), rows: frequencyRows });

class SpectrumPlot {
  constructor(canvas) {
    this.canvas = canvas;
    this.frame = new Frame(canvas, { x: "angular frequency ω", y: "n × spectrum of the population rate", decades: true });
    this.range = new StableRange({ least: 2, room: 0.04 });
    this.extent = new Extent();
  }

  draw({ spectrum, spectrumStale, n, names }, elapsed) {
    const { frame, extent } = this;
    const tables = spectrum?.omega ? [spectrum.finite, spectrum.limit] : [];
    extent.clear();
    for (const table of tables) {
      for (const row of table) for (const value of row) if (value !== null) extent.add(Math.log10(value));
    }
    extent.low = Math.max(extent.low, extent.high - 9); // below, all has died away
    const moving = this.range.follow(extent.low, extent.high, elapsed);
    const { low, high } = frequenciesFor(n);
    frame.begin(Math.log10(low), Math.log10(high), this.range.low, this.range.high);
    frame.context.globalAlpha = spectrumStale ? 0.3 : 1;
    tables.forEach((table, i) => this.drawLines(spectrum.omega, table, i ? 2 : 1.2, i ? [] : [5, 4]));
    frame.context.globalAlpha = 1;
    frame.end();
    if (!tables.length) frame.label(this.absence(spectrum), frame.left + frame.inner.width / 2, frame.top + frame.inner.height / 2, "center");
    else frame.names(names.map((name, population) => ({ name, population, value: this.lastValue(spectrum, population) })));
    return moving;
  }

  absence(spectrum) {
    if (!spectrum) return "comes when the sliders rest";
    return spectrum.problem.kind === "unstable" ? "no stable state to fluctuate about" : "no spectrum with these values";
  }

  drawLines(omega, table, width, dash) {
    for (let population = 0; population < (table[0]?.length ?? 0); population++) {
      const height = (i) => table[i][population] === null ? null : Math.log10(table[i][population]);
      this.frame.path(table.length, (i) => Math.log10(omega[i]), height);
      this.frame.stroke(colours.of(population), population === 0 ? width * rim : width, dash);
    }
  }

  lastValue({ finite }, population) {
    const value = finite[finite.length - 1][population];
    return value === null ? null : Math.max(Math.log10(value), this.range.low);
  }

  // peak is where a spectrum is largest.
  peak({ omega, finite }, population) {
    const best = finite.reduce((best, row, i) => row[population] > (finite[best][population] ?? 0) ? i : best, 0);
    return { omega: omega[best], value: finite[best][population] };
  }

  describe({ spectrum, names, n }) {
    if (!spectrum?.omega) return `Spectra of the population rates: ${this.absence(spectrum)}.`;
    const parts = names.map((name, a) => {
      const { omega, value } = this.peak(spectrum, a);
      return `that of ${name} is largest at ω = ${inWords(omega)}, with ${inWords(value)}`;
    });
    return `Spectra of the population rates times n, for n = ${n}: ${parts.join(", ")}. ${spectrum.limit.length
      ? `In the limit the slowest are ${names.map((name, a) => `${inWords(spectrum.limit[0][a] ?? 0)} for ${name}`).join(" and ")}.` : "The limit has no stable state."}`;
  }
}
