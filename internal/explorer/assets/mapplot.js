// The picture of the map of regimes: a cell for each network, lines where the regime changes,
// and a cross where the sliders are.

class MapPlot {
  constructor(canvas) {
    this.canvas = canvas;
    this.frame = new Frame(canvas, { x: "", y: "", right: 16 });
  }

  draw({ map }) {
    const { across, up } = map;
    const { frame } = this;
    frame.xLabel = fullName(across.parameter);
    frame.yLabel = fullName(up.parameter);
    frame.begin(across.low, across.high, up.low, up.high);
    const { context } = frame;
    context.globalAlpha = map.count ? 1 : 0.3;
    this.drawCells(map);
    this.drawBorders(map);
    context.globalAlpha = 1;
    this.drawCross(across.value, up.value);
    frame.end();
    if (!map.words.length) frame.label(this.absence(map), frame.left + frame.inner.width / 2, frame.top + frame.inner.height / 2, "center");
    return false;
  }

  absence({ problem }) { return problem ? "no map with these values" : "comes when the sliders rest"; }

  // edges are the places between cells, on whole pixels so that there are no seams.
  edges() {
    const { left, top, inner } = this.frame;
    return {
      x: Array.from({ length: mapColumns + 1 }, (_, i) => Math.round(left + inner.width * i / mapColumns)),
      y: Array.from({ length: mapRows + 1 }, (_, i) => Math.round(top + inner.height * (1 - i / mapRows))),
    };
  }

  drawCells(map) {
    const { x, y } = this.edges();
    const { context } = this.frame;
    for (let row = 0; row < mapRows; row++) {
      for (let column = 0; column < mapColumns; column++) {
        const colour = colours.regimes[map.wordAt(column, row)];
        if (!colour) continue;
        context.fillStyle = colour;
        context.fillRect(x[column], y[row + 1], x[column + 1] - x[column], y[row] - y[row + 1]);
      }
    }
  }

  drawBorders(map) {
    const { x, y } = this.edges();
    const { frame } = this;
    const { context } = frame;
    context.beginPath();
    for (let row = 0; row < mapRows; row++) {
      for (let column = 0; column < mapColumns; column++) {
        const word = map.wordAt(column, row);
        if (column + 1 < mapColumns && map.wordAt(column + 1, row) !== word) {
          context.moveTo(x[column + 1], y[row]);
          context.lineTo(x[column + 1], y[row + 1]);
        }
        if (row + 1 < mapRows && map.wordAt(column, row + 1) !== word) {
          context.moveTo(x[column], y[row + 1]);
          context.lineTo(x[column + 1], y[row + 1]);
        }
      }
    }
    frame.stroke(colours.quiet, 1);
  }

  // drawCross has arms with a rim of the background, to be seen on all colours.
  drawCross(across, up) {
    const { frame } = this;
    const { context } = frame;
    const [x, y] = [frame.x(across), frame.y(up)];
    for (const [colour, width, arm] of [[colours.ground, 6, 11], [colours.text, 2.5, 10]]) {
      context.beginPath();
      context.moveTo(x - arm, y);
      context.lineTo(x + arm, y);
      context.moveTo(x, y - arm);
      context.lineTo(x, y + arm);
      frame.stroke(colour, width);
    }
  }

  describe({ map }) {
    const { across, up } = map;
    const axis = ({ parameter, low, high }) => `${fullName(parameter)} from ${inWords(low)} to ${inWords(high)}`;
    const begin = `Map of regimes, with ${axis(across)} across and ${axis(up)} up.`;
    const here = `The cross is at ${inWords(across.value)} and ${inWords(up.value)}`;
    if (!map.count) return `${begin} ${here}. The map ${this.absence(map)}.`.replace("The map no map", "There is no map");
    const shares = Object.keys(words).map((word) => [words[word], map.words.filter((other) => other === word).length])
      .filter(([, count]) => count > 0).map(([name, count]) => `${name}: ${Math.round(100 * count / map.count)} %`);
    return `${begin} ${here}${map.wordHere ? `, in a cell that is: ${words[map.wordHere]}` : ""}. ${shares.join(", ")}${map.done ? "" : ", so far"}.`;
  }
}
