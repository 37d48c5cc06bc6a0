// The state of the explorer: a preset, what was changed of it, and the simulation. The
// network that all questions are about follows from the state alone.

const sizes = { low: 10, high: 20000 };
const horizons = { low: 0.5, high: 60 };
const defaults = { n: 500, seed: 1, to: 8 };

const presetNamed = (name) => presets.find((preset) => preset.name === name);

class State {
  constructor(presetName = presets[0].name) {
    this.preset = presetName;
    this.base = completed(presetNamed(presetName)); // the network of the preset, never changed
    this.changes = new Map(); // from the key of a parameter to its value
    this.shape();
    Object.assign(this, defaults);
    this.map = this.defaultMap;
  }

  // shape makes the parameters those of the chosen kinds of rates. Their defaults are those of
  // the rate that is most like the preset's.
  shape() {
    this.shaped = structuredClone(this.base);
    for (const population of this.shaped.populations) {
      const kind = this.changes.get(`${population.name}.kind`);
      if (kind) population.rate = asKind(population.rate, kind);
    }
    this.parameters = parametersOf(this.shaped);
  }

  // The keys of the sliders of the map, across and up: two that decide whether inhibition is
  // strong and quick enough, and a stimulus where the rate has no slope.
  get defaultMap() {
    const [first, second] = this.base.populations.map(({ name }) => name);
    const sloped = this.parameters.some(({ key }) => key === `${first}.slope`);
    return [`${first}.${sloped ? "slope" : "stimulus"}`, `${second}.tau`];
  }

  // mapParameters are the two of the map, or others where a kind of rate has taken one away.
  get mapParameters() {
    const found = this.map.map((key) => this.parameters.find((parameter) => parameter.key === key));
    return found.includes(undefined) ? this.defaultMap.map((key) => this.parameters.find((parameter) => parameter.key === key)) : found;
  }

  kindOf(index) { return this.shaped.populations[index].rate.kind; }

  // chooseKind gives a population another kind of rate, which is like the one that it has.
  chooseKind(index, kind) {
    const { name, rate: { kind: own } } = this.base.populations[index];
    if (kind === this.kindOf(index)) return;
    const { rate } = this.network().populations[index];
    const changed = Object.keys(rateParameters).filter((part) => this.changes.delete(`${name}.${part}`));
    if (kind === own) this.changes.delete(`${name}.kind`);
    else this.changes.set(`${name}.kind`, kind);
    this.shape();
    if (!changed.length) return;
    for (const [part, value] of Object.entries(asKind(rate, kind))) {
      const parameter = this.parameters.find(({ key }) => key === `${name}.${part}`);
      if (parameter && Number.isFinite(value)) this.change(parameter, value); // of nonsense nothing is like it
    }
  }

  value(parameter) {
    return this.changes.has(parameter.key) ? this.changes.get(parameter.key) : this.presetValue(parameter);
  }

  presetValue(parameter) { return parameter.get(this.shaped); }

  // change keeps what differs from the preset only.
  change(parameter, value) {
    if (value === this.presetValue(parameter)) this.changes.delete(parameter.key);
    else this.changes.set(parameter.key, value);
  }

  // first names the population that is kicked and pulsed, the excitatory one.
  get first() { return this.base.populations[0].name; }

  get pulse() { return this.changes.get(`${this.first}.pulse`); }

  // togglePulse gives the stimulus of E a pulse of amplitude 1 in the second quarter of the
  // time that is shown, or takes it away.
  togglePulse() {
    const key = `${this.first}.pulse`;
    if (!this.changes.delete(key)) this.changes.set(key, [1, this.to / 4, this.to / 4]);
    return this.changes.has(key);
  }

  // kick makes the given moments the start, with E pushed off the balanced manifold by 1.
  kick(mean, variance) {
    this.base.populations.forEach(({ name }, index) => {
      this.changes.set(`${name}.mean`, mean[index] + (index === 0 ? 1 : 0));
      this.changes.set(`${name}.variance`, variance[index]);
    });
    this.changes.set("project", false);
  }

  reset() {
    this.changes.clear();
    this.shape();
    Object.assign(this, defaults);
  }

  network() {
    const network = structuredClone(this.shaped);
    const pulse = this.pulse;
    if (pulse) {
      const [amplitude, start, duration] = pulse;
      const { stimulus } = network.populations[0];
      network.populations[0].stimulus = {
        kind: "pulse", baseline: stimulus[baselineKey(stimulus)], amplitude, start, duration,
      };
    }
    for (const parameter of this.parameters) {
      if (this.changes.has(parameter.key)) parameter.set(network, this.changes.get(parameter.key));
    }
    if (this.changes.has("project")) network.initial.project = this.changes.get("project");
    if (this.changes.size > 0) {
      network.name = `${this.preset}-explored`;
      network.note = `The network ${this.preset} with ${this.described()}.`;
    }
    return network;
  }

  // described lists the changes in the form of the link.
  described() {
    return [...this.changes].map(([key, value]) => `${key}=${value}`).join(", ");
  }
}
