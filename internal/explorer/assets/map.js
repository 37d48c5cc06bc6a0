// The map of regimes: what becomes of the network for other values of two sliders. It is asked
// for in pieces, from coarse to fine, and begun again when anything else changes.

const mapColumns = 24, mapRows = 16;
const pieceMilliseconds = 100; // about what is asked at once, so that other questions come in between

const mostNetworks = 64; // that one question may have

// mapOrder lists the cells, first every fourth of both directions, then every second, then all.
const mapOrder = (() => {
  const order = new Set();
  for (const stride of [4, 2, 1]) {
    for (let row = 0; row < mapRows; row += stride) {
      for (let column = 0; column < mapColumns; column += stride) order.add(row * mapColumns + column);
    }
  }
  return [...order];
})();

// A MapAxis is a parameter over the range of its slider, and over its value where that is outside.
class MapAxis {
  constructor(parameter, value, cells) {
    const { sign = 1, low, high } = parameter;
    Object.assign(this, { parameter, value, cells });
    this.low = Math.min(sign * low, sign * high, value);
    this.high = Math.max(sign * low, sign * high, value);
  }

  // at is the value in the middle of a cell.
  at(cell) { return this.low + (this.high - this.low) * (cell + 0.5) / this.cells; }

  cellOf(value) {
    return Math.min(Math.max(Math.floor((value - this.low) / (this.high - this.low) * this.cells), 0), this.cells - 1);
  }
}

class RegimeMap {
  // changed is called when there is more to see.
  constructor(changed) {
    this.changed = changed;
    this.words = [];
    this.key = "";
  }

  // about says which network and which parameters the map is of.
  about(state, network) {
    const [across, up] = state.mapParameters;
    this.across = new MapAxis(across, state.value(across), mapColumns);
    this.up = new MapAxis(up, state.value(up), mapRows);
    this.to = state.to;
    this.network = { ...network, name: "map", note: "" };
    const key = JSON.stringify([this.networkOf(0), this.networkOf(mapOrder.length - 1), state.to]);
    if (key === this.key) return; // only the cross has moved
    this.key = key;
    this.run = this.problem = null;
    this.count = 0; // of the cells that are known
  }

  get done() { return this.count === mapOrder.length; }

  networkOf(cell) {
    const network = structuredClone(this.network);
    this.across.parameter.set(network, this.across.at(cell % mapColumns));
    this.up.parameter.set(network, this.up.at(Math.floor(cell / mapColumns)));
    return network;
  }

  // fill asks for what is missing, until that is known or the map is of something else.
  async fill(client) {
    if (this.run || this.done) return;
    const run = this.run = {};
    let size = 1;
    while (!this.done) {
      const cells = mapOrder.slice(this.count, this.count + size);
      const { answer, milliseconds } = await client.request("regimes", { networks: cells.map((cell) => this.networkOf(cell)), to: this.to });
      if (this.run !== run) return;
      if (answer.problem) {
        this.problem = answer.problem;
        break;
      }
      if (this.count === 0) this.words = []; // those of the map before stay until now
      cells.forEach((cell, i) => { this.words[cell] = answer.words[i]; });
      this.count += cells.length;
      size = Math.min(Math.max(Math.floor(size * pieceMilliseconds / Math.max(milliseconds, 1)), 1), 2 * size, mostNetworks);
      this.changed();
    }
    this.changed();
  }

  // wordAt is that of a cell, or of the coarser one around it that is known.
  wordAt(column, row) {
    for (const stride of [1, 2, 4]) {
      const word = this.words[(row - row % stride) * mapColumns + column - column % stride];
      if (word !== undefined) return word;
    }
    return undefined;
  }

  get wordHere() { return this.wordAt(this.across.cellOf(this.across.value), this.up.cellOf(this.up.value)); }
}

// A MapPanel is what is around the map: the choice of its sliders. It is filled while it is in sight.
class MapPanel {
  // chosen(keys) is called when a reader chooses, seen() when the map comes into sight.
  constructor(figure, { chosen, seen }) {
    this.selects = ["across", "up"].map((name) => figure.querySelector(`[data-part="${name}"]`));
    this.selects.forEach((select, i) => select.addEventListener("change", () => {
      const keys = this.selects.map(({ value }) => value);
      if (keys[0] === keys[1]) keys[1 - i] = this.keys[i]; // exchanged
      chosen(keys);
    }));
    this.visible = false;
    new IntersectionObserver((entries) => {
      this.visible = entries[entries.length - 1].isIntersecting;
      if (this.visible) seen();
    }).observe(figure);
  }

  sync({ parameters, mapParameters }) {
    const names = parameters.map(fullName);
    this.keys = mapParameters.map(({ key }) => key);
    this.selects.forEach((select, i) => {
      if (this.names !== names.join()) select.replaceChildren(...parameters.map(({ key }, k) => new Option(names[k], key)));
      select.value = this.keys[i];
    });
    this.names = names.join();
  }
}
