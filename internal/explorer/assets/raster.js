// The spikes that one neuron hears: a row for each neuron that it hears from.

class RasterPlot {
  constructor(canvas) {
    this.canvas = canvas;
    this.frame = new Frame(canvas, { x: "time t (synaptic time constants)", y: "" });
  }

  draw({ raster, rasterStale, to, names }) {
    const { frame } = this;
    const trains = raster?.trains ?? [];
    frame.begin(0, to, trains.length + 1, -1);
    const { context } = frame;
    context.globalAlpha = rasterStale ? 0.3 : 0.9;
    const height = Math.max(Math.abs(frame.yScale) * 0.72, 1);
    names.forEach((name, population) => {
      context.beginPath();
      trains.forEach((train, row) => {
        if (train.population !== name) return;
        const top = frame.y(row) - height / 2;
        for (const t of train.times) {
          const x = frame.x(t);
          context.moveTo(x, top);
          context.lineTo(x, top + height);
        }
      });
      frame.stroke(colours.of(population), 1.3);
    });
    context.globalAlpha = 1;
    frame.end();
    if (trains.length) this.drawNames(trains, names);
    else frame.label(raster?.problem ? "no spikes, as there is no network" : "comes when the sliders rest", frame.left + frame.inner.width / 2, frame.top + frame.inner.height / 2, "center");
    return false;
  }

  drawNames(trains, names) {
    this.frame.names(names.map((name, population) => {
      const first = trains.findIndex((train) => train.population === name);
      const rows = trains.filter((train) => train.population === name).length;
      return { name, population, value: first < 0 ? null : first + rows / 2 };
    }));
  }

  describe({ raster, names, to }) {
    const trains = raster?.trains ?? [];
    if (!trains.length) return `Raster of spikes, ${raster?.problem ? "which there are none of" : "not simulated yet"}.`;
    const parts = names.map((name) => {
      const heard = trains.filter((train) => train.population === name);
      const spikes = heard.reduce((sum, train) => sum + train.times.length, 0);
      return `${spikes} spikes from ${heard.length} neurons of ${name}`;
    });
    return `Raster of the spikes that one neuron of ${names[0]} hears until t = ${inWords(to)}, n = ${raster.n}: ${parts.join(" and ")}.`;
  }
}
