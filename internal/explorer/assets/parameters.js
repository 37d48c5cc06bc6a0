// The parameters of a network that have a slider: where they stand in the object of a
// network file, what they may be, and how they are called.

const perTime = "spikes in a synaptic time constant";

// The kinds of rates that can be chosen, each with where it has half of its maximum and how
// steep it is there, as a share of the maximum, and the rate of the kind that agrees in both.
const rateKinds = {
  logistic: {
    middle: ({ max, slope, threshold }) => ({ max, at: threshold, steep: slope / 4 }),
    like: ({ max, at, steep }) => ({ max, slope: 4 * steep, threshold: at }),
  },
  probit: {
    middle: ({ max, slope, threshold }) => ({ max, at: threshold, steep: slope / Math.sqrt(2 * Math.PI) }),
    like: ({ max, at, steep }) => ({ max, slope: Math.sqrt(2 * Math.PI) * steep, threshold: at }),
  },
  power: {
    middle({ max, gain, exponent, threshold }) {
      const above = (max / 2 / gain) ** (1 / exponent);
      return { max, at: threshold + above, steep: exponent / 2 / above };
    },
    // A parabola; one that hardly rises would begin far away, and begins where a rate of the slope 0.25 does.
    like({ max, at, steep }) {
      const above = 1 / Math.max(steep, 1 / 16);
      return { max, gain: max / 2 / above ** 2, exponent: 2, threshold: at - above };
    },
  },
};

const canChoose = ({ rate }) => Object.hasOwn(rateKinds, rate.kind);

// asKind is a rate as one of another kind, with numbers that can be read.
function asKind(rate, kind) {
  const values = rateKinds[kind].like(rateKinds[rate.kind].middle(rate));
  return { kind, ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value.toPrecision(4))])) };
}

const rateParameters = {
  max: { symbol: "λ̄", words: "maximum rate", label: "max. rate", unit: perTime, low: 0.05, high: 10, step: 0.05 },
  slope: { symbol: "β", words: "slope", low: 0, high: 12, step: 0.05 },
  gain: { symbol: "g", words: "gain", low: 0.01, high: 10, step: 0.01 },
  exponent: { symbol: "p", words: "exponent", low: 1, high: 5, step: 0.05 },
  threshold: { symbol: "θ", words: "threshold", low: -2, high: 3, step: 0.02 },
  value: { symbol: "λ", words: "rate", unit: perTime, low: 0, high: 10, step: 0.05 },
};

// baselineKey names what a stimulus holds while no pulse or sine acts.
function baselineKey(stimulus) {
  return stimulus.kind === "constant" ? "value" : "baseline";
}

function populationParameters(population, index) {
  const of = (key, shape, get, set) => ({
    ...shape, key: `${population.name}.${key}`, group: population.name, of: population.name, get, set,
  });
  const list = [];
  for (const name of Object.keys(rateParameters)) {
    if (!(name in population.rate)) continue;
    list.push(of(name, rateParameters[name],
      (network) => network.populations[index].rate[name],
      (network, value) => { network.populations[index].rate[name] = value; }));
  }
  list.push(of("tau", { symbol: "τ", words: "time constant", unit: "synaptic time constants", low: 0.1, high: 5, step: 0.05 },
    (network) => network.populations[index].tau,
    (network, value) => { network.populations[index].tau = value; }));
  list.push(of("stimulus", { symbol: "I", words: "stimulus", low: -3, high: 3, step: 0.05 },
    (network) => network.populations[index].stimulus[baselineKey(network.populations[index].stimulus)],
    (network, value) => {
      const stimulus = network.populations[index].stimulus;
      stimulus[baselineKey(stimulus)] = value;
    }));
  list.push(of("noise", { symbol: "D", words: "noise", low: 0, high: 2, step: 0.02 },
    (network) => network.populations[index].noise,
    (network, value) => { network.populations[index].noise = value; }));
  return list;
}

// By Dale's law a source has one sign whatever its target, and a slider keeps it.
function weightParameters(network) {
  const names = network.populations.map((population) => population.name);
  return network.weights.flatMap((row, target) => row.map((_, source) => ({
    key: `w.${names[target]}${names[source]}`, group: "weights", of: "",
    symbol: `J<sub>${names[target]}${names[source]}</sub>`,
    words: `weight from ${names[source]} to ${names[target]}`, label: `${names[source]} → ${names[target]}`,
    sign: network.weights.some((other) => other[source] < 0) ? -1 : 1,
    low: 0, high: 3, step: 0.02,
    get: (network) => network.weights[target][source],
    set: (network, value) => { network.weights[target][source] = value; },
  })));
}

function sourceParameters(source, index) {
  return [{
    key: `${source.name}.rate`, group: "feedforward", of: source.name,
    symbol: "ν", words: "rate", unit: perTime, low: 0, high: 4, step: 0.02,
    get: (network) => network.feedforward[index].rate[baselineKey(network.feedforward[index].rate)],
    set: (network, value) => {
      const rate = network.feedforward[index].rate;
      rate[baselineKey(rate)] = value;
    },
  }];
}

function startParameters(population, index) {
  const of = (name, symbol, words, low, high) => ({
    key: `${population.name}.${name}`, group: "start", of: population.name, symbol, words, low, high, step: 0.02,
    get: (network) => network.initial[name][index],
    set: (network, value) => { network.initial[name][index] = value; },
  });
  return [of("mean", "m(0)", "mean at the start", -3, 4), of("variance", "K(0)", "variance at the start", 0, 3)];
}

// fullName is that of a parameter where no group tells of which population it is.
function fullName({ words, of }) { return of && !words.includes(of) ? `${words} of ${of}` : words; }

// parametersOf lists all sliders of a network whose defaults are written out.
function parametersOf(network) {
  return [
    ...network.populations.flatMap(populationParameters),
    ...weightParameters(network),
    ...network.feedforward.flatMap(sourceParameters),
    ...network.populations.flatMap(startParameters),
  ];
}

// completed writes out the defaults that a network file may leave out.
function completed(network) {
  const full = structuredClone(network);
  full.feedforward ??= [];
  for (const population of full.populations) {
    population.noise ??= 0;
    population.stimulus ??= { kind: "constant", value: 0 };
  }
  return full;
}
