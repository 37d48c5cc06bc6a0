// The state as the hash of the page's address, readable and short:
// #preset=abstract&n=500&E.slope=1.4&w.EI=-1.2

function formatLink(state) {
  const parts = [["preset", encodeURIComponent(state.preset)]];
  for (const name of Object.keys(defaults)) {
    if (state[name] !== defaults[name]) parts.push([name, state[name]]);
  }
  const map = state.mapParameters.map(({ key }) => key).join(",");
  if (map !== state.defaultMap.join(",")) parts.push(["map", map]);
  parts.push(...state.changes);
  return `#${parts.map(([key, value]) => `${key}=${value}`).join("&")}`;
}

function parseNumber(text) {
  const value = Number(text);
  return text.trim() !== "" && Number.isFinite(value) ? value : null;
}

const settingParsers = {
  n: (value) => Number.isInteger(value) && value >= sizes.low && value <= sizes.high,
  seed: (value) => Number.isSafeInteger(value) && value >= 0,
  to: (value) => value >= horizons.low && value <= horizons.high,
};

// parsePart applies one part of a link to the state; false if it means nothing.
function parsePart(state, key, text) {
  if (key === "project") {
    if (text !== "true" && text !== "false") return false;
    if ((text === "true") !== Boolean(state.base.initial.project)) state.changes.set(key, text === "true");
    return true;
  }
  if (key === "map") {
    const keys = text.split(",");
    if (keys.length !== 2 || keys[0] === keys[1] || !keys.every((name) => state.parameters.some((parameter) => parameter.key === name))) return false;
    state.map = keys;
    return true;
  }
  if (key === `${state.first}.pulse`) {
    const values = text.split(",").map(parseNumber);
    if (values.length !== 3 || values.includes(null)) return false;
    state.changes.set(key, values);
    return true;
  }
  const rated = state.base.populations.findIndex(({ name }) => key === `${name}.kind`);
  if (rated >= 0) {
    if (!canChoose(state.base.populations[rated]) || !Object.hasOwn(rateKinds, text)) return false;
    state.chooseKind(rated, text);
    return true;
  }
  const value = parseNumber(text);
  if (value === null) return false;
  if (Object.hasOwn(settingParsers, key)) {
    if (!settingParsers[key](value)) return false;
    state[key] = value;
    return true;
  }
  const parameter = state.parameters.find((candidate) => candidate.key === key);
  if (!parameter || value * (parameter.sign ?? 0) < 0) return false;
  state.change(parameter, value);
  return true;
}

// parseLink reads a hash; what it cannot use is listed and left out.
function parseLink(hash) {
  const ignored = [];
  const parts = hash.replace(/^#/, "").split("&").filter(Boolean).map((part) => {
    const at = part.indexOf("=");
    return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
  });
  const decoded = (text) => {
    try { return decodeURIComponent(text); } catch { return text; }
  };
  const named = parts.find(([key]) => key === "preset");
  let name = presets[0].name;
  if (named && presetNamed(decoded(named[1]))) name = decoded(named[1]);
  else if (named) ignored.push(named.join("="));
  const state = new State(name);
  // Which parameters there are depends on the kinds of rates.
  const isKind = ([key]) => decoded(key).endsWith(".kind");
  for (const [key, value] of [...parts.filter(isKind), ...parts.filter((part) => !isKind(part))]) {
    if (key !== "preset" && !parsePart(state, decoded(key), decoded(value))) ignored.push(`${key}=${value}`);
  }
  return { state, ignored };
}

// shortList names some of what may be many, or long.
function shortList(parts) {
  const short = parts.slice(0, 5).map((part) => part.length > 40 ? `${part.slice(0, 40)}…` : part);
  return short.join(", ") + (parts.length > short.length ? ` and ${parts.length - short.length} more` : "");
}

// A LinkKeeper writes the state into the address, seldom enough for browsers that count.
class LinkKeeper {
  constructor() { this.timer = 0; }

  keep(state) {
    this.state = state;
    this.timer ||= setTimeout(() => this.write(), 300);
  }

  write() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (!this.state) return;
    const hash = formatLink(this.state);
    if (hash !== location.hash) history.replaceState(null, "", hash);
  }
}
