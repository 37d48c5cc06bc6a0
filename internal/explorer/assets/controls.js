// The sliders: built once a preset, then only their values change. All events are heard
// by the place they are in, so that nothing is added when it is built again.

const sliderSteps = 400; // of the logarithmic slider of n

function sizeAt(position) {
  const value = sizes.low * (sizes.high / sizes.low) ** (position / sliderSteps);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / unit) * unit;
}

function positionOf(n) {
  return Math.round(sliderSteps * Math.log(n / sizes.low) / Math.log(sizes.high / sizes.low));
}

// The parameters of the simulation look like those of the network to the sliders.
const settings = [
  { key: "n", symbol: "n", words: "neurons a class", label: "neurons", unit: "neurons", group: "simulation", of: "", low: sizes.low, high: sizes.high, whole: true,
    slider: { low: 0, high: sliderSteps, step: 1, at: sizeAt, of: positionOf } },
  { key: "to", symbol: "T", words: "time shown", unit: "synaptic time constants", group: "simulation", of: "", low: 1, high: 30, step: 0.5, limits: horizons },
];

class Controls {
  // changed(key, value) is called when a reader moves something.
  constructor(place, changed) {
    this.place = place;
    this.changed = changed;
    this.rows = [];
    place.addEventListener("input", (event) => this.moved(event.target));
    place.addEventListener("change", (event) => { if (event.target.type === "number") this.sync(this.state); });
    place.addEventListener("dblclick", (event) => this.restore(event.target));
    place.addEventListener("click", (event) => { if (event.target.closest(".restore")) this.restore(event.target); });
  }

  build(state) {
    this.state = state;
    const names = state.base.populations.map(({ name }) => name);
    const groups = [
      { id: "simulation", title: "Simulation" },
      ...names.map((name, index) => ({ id: name, title: `${index === 0 ? "Excitatory" : "Inhibitory"} neurons, ${name}`, population: index })),
      { id: "weights", title: "Weights, source → target" },
      { id: "feedforward", title: "Feedforward drive" },
      { id: "start", title: "Start, at t = 0" },
    ];
    this.rows = [];
    this.kinds = [];
    const all = [...state.parameters, ...settings];
    this.place.replaceChildren(...groups.flatMap(({ id, title, population }) => {
      const members = all.filter(({ group }) => group === id);
      if (!members.length) return [];
      const fieldset = document.createElement("fieldset");
      if (population !== undefined) fieldset.dataset.population = population;
      const legend = document.createElement("legend");
      legend.textContent = title;
      fieldset.append(legend);
      if (population !== undefined && canChoose(state.base.populations[population])) fieldset.append(this.kind(id, population));
      fieldset.append(...members.map((parameter) => this.row(parameter)));
      if (id === "start") fieldset.append(this.projection());
      return [fieldset];
    }));
    this.sync(state);
  }

  row(parameter) {
    const { key, symbol, label, sign } = parameter;
    const slider = parameter.slider ?? { low: parameter.low, high: parameter.high, step: parameter.step };
    const element = document.createElement("div");
    element.className = "slider";
    element.dataset.key = key;
    const whole = fullName(parameter);
    element.innerHTML = `<label for="slider-${key}"><span class="symbol">${symbol}</span> ${label ?? shortened(parameter)}</label>
<input type="range" id="slider-${key}" min="${slider.low}" max="${slider.high}" step="${slider.step}">
<span class="sign" aria-hidden="true">${sign === undefined ? "" : sign < 0 ? "−" : "+"}</span>
<input type="number" step="any" inputmode="decimal" aria-label="${whole}, as a number${sign < 0 ? " without its minus sign" : ""}">
<button type="button" class="restore" aria-label="Restore ${whole}" title="Restore">↺</button>`;
    const [range, number] = element.querySelectorAll("input");
    range.setAttribute("aria-label", whole);
    this.rows.push({ parameter, element, range, number, restore: element.querySelector("button") });
    return element;
  }

  // kind is the choice of a kind of rate.
  kind(name, population) {
    const element = document.createElement("div");
    element.className = "slider";
    element.dataset.key = `${name}.kind`;
    element.innerHTML = `<label for="slider-${name}.kind"><span class="symbol">λ</span> kind of rate</label>
<select id="slider-${name}.kind" aria-label="kind of rate of ${name}">${Object.keys(rateKinds).map((kind) => `<option>${kind}</option>`).join("")}</select>
<button type="button" class="restore" aria-label="Restore kind of rate of ${name}" title="Restore">↺</button>`;
    this.kinds.push({ population, element, select: element.querySelector("select"), restore: element.querySelector("button") });
    return element;
  }

  // refill gives a population the sliders of another kind of rate, around the choice of it,
  // which somebody may be using.
  refill(state, index) {
    const { name } = state.base.populations[index];
    const others = this.rows.filter(({ parameter }) => parameter.group !== name);
    for (const row of this.rows) if (!others.includes(row)) row.element.remove();
    this.rows = others;
    const members = state.parameters.filter(({ group }) => group === name);
    this.kinds.find(({ population }) => population === index).element.after(...members.map((parameter) => this.row(parameter)));
  }

  projection() {
    const label = document.createElement("label");
    label.className = "project";
    label.innerHTML = `<input type="checkbox"> moved onto the balanced manifold`;
    this.project = label.querySelector("input");
    return label;
  }

  valueOf(parameter) {
    return parameter.group === "simulation" ? this.state[parameter.key] : this.state.value(parameter);
  }

  presetValueOf(parameter) {
    return parameter.group === "simulation" ? defaults[parameter.key] : this.state.presetValue(parameter);
  }

  // sync shows the values of the state, except in the field where somebody types.
  sync(state) {
    this.state = state;
    for (const { parameter, element, range, number, restore } of this.rows) {
      const value = this.valueOf(parameter) * (parameter.sign ?? 1);
      range.value = parameter.slider ? parameter.slider.of(value) : value;
      range.setAttribute("aria-valuetext", [inWords(value * (parameter.sign ?? 1)), parameter.unit].filter(Boolean).join(" "));
      if (!this.typing) number.setAttribute("aria-invalid", false);
      if (number !== document.activeElement || !this.typing) number.value = String(value === 0 ? 0 : value); // not −0
      number.title = String(value);
      const changed = this.valueOf(parameter) !== this.presetValueOf(parameter);
      element.classList.toggle("changed", changed);
      restore.disabled = !changed;
    }
    for (const { population, element, select, restore } of this.kinds) {
      select.value = state.kindOf(population);
      const changed = select.value !== state.base.populations[population].rate.kind;
      element.classList.toggle("changed", changed);
      restore.disabled = !changed;
    }
    if (this.project) this.project.checked = state.changes.get("project") ?? Boolean(state.base.initial.project);
  }

  moved(input) {
    if (input === this.project) {
      this.changed("project", input.checked);
      return;
    }
    if (this.kinds.some(({ select }) => select === input)) {
      this.changed(input.closest(".slider").dataset.key, input.value);
      return;
    }
    const row = this.rows.find(({ range, number }) => range === input || number === input);
    if (!row) return;
    const { parameter } = row;
    let value = parseNumber(input.value);
    if (input.type === "range" && parameter.slider) value = parameter.slider.at(value);
    const { low, high } = parameter.limits ?? parameter;
    const settingOutside = parameter.group === "simulation" && !(value >= low && value <= high && (!parameter.whole || Number.isInteger(value)));
    const invalid = value === null || settingOutside || (parameter.sign !== undefined && value < 0);
    row.number.setAttribute("aria-invalid", input.type === "number" && invalid);
    if (invalid) return;
    this.typing = input.type === "number";
    this.changed(parameter.key, value === 0 ? 0 : value * (parameter.sign ?? 1));
    this.typing = false;
  }

  restore(target) {
    const element = target.closest(".slider");
    if (!element || target.type === "number" || target.type === "select-one") return;
    const kind = this.kinds.find((row) => row.element === element);
    if (kind) {
      this.changed(element.dataset.key, this.state.base.populations[kind.population].rate.kind);
      kind.select.focus();
      return;
    }
    const { parameter, range } = this.rows.find((row) => row.element === element);
    this.changed(parameter.key, this.presetValueOf(parameter));
    range.focus();
  }
}

// shortened leaves the population out, which the group names, except where groups mix them.
function shortened({ words, group, of }) {
  return group === "start" ? `${of}, ${words.split(" ")[0]}` : words;
}
