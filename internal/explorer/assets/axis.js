// Ranges that grow at once and shrink slowly, ticks at round numbers, and numbers in words.

// A StableRange follows the range of the data so that motion is seen as motion: an axis
// that shrank with every change would hide it.
class StableRange {
  // A range is never narrower than least, and room is left around the data.
  constructor({ least, room = 0.08, zero = false }) {
    Object.assign(this, { least, room, zero });
    this.low = this.high = NaN;
  }

  // follow moves towards the data; true if it is still on its way.
  follow(low, high, elapsed) {
    if (!(low <= high)) [low, high] = Number.isFinite(this.low) ? [this.low, this.high] : [0, this.least];
    else {
      const lack = Math.max(0, this.least - (high - low)) / 2;
      const room = Math.max((high - low) * this.room, Math.abs(high) * 1e-9, 1e-9);
      [low, high] = this.zero ? [0, Math.max(high + room, this.least)] : [low - lack - room, high + lack + room];
    }
    if (!Number.isFinite(this.low) || still.matches) {
      [this.low, this.high] = [low, high];
      return false;
    }
    const share = 1 - Math.exp(-elapsed / 500);
    this.low = low < this.low ? low : this.low + (low - this.low) * share;
    this.high = high > this.high ? high : this.high + (high - this.high) * share;
    const far = Math.abs(low - this.low) + Math.abs(high - this.high) > 0.003 * (high - low);
    if (!far) [this.low, this.high] = [low, high];
    return far;
  }
}

// An Extent collects the least and the largest of what is drawn.
class Extent {
  clear() {
    this.low = Infinity;
    this.high = -Infinity;
  }

  add(value) {
    if (value === null || !Number.isFinite(value)) return;
    if (value < this.low) this.low = value;
    if (value > this.high) this.high = value;
  }
}

// tickStep is the step 1, 2 or 5 times a power of ten that gives about count ticks.
function tickStep(low, high, count) {
  const rough = (high - low) / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return power * (lead > 5 ? 10 : lead > 2 ? 5 : lead > 1 ? 2 : 1);
}

// ticks are the multiples of a step from low to high; none where numbers of this size are
// too coarse to count by it.
function ticks(low, high, step) {
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return count > 0 && count <= 100 ? Array.from({ length: count }, (_, i) => (first + i) * step) : [];
}

function tickLabel(value, step) {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const rounded = Math.abs(value) < step / 1e6 ? 0 : value;
  return (decimals > 4 ? rounded.toExponential(1) : rounded.toFixed(decimals)).replace("-", "−");
}

// powerLabel is a power of ten, in digits while they are few.
function powerLabel(exponent) {
  const power = Math.round(exponent);
  if (Math.abs(power) <= 3) return String(Number(`1e${power}`));
  return "10" + String(power).replace(/./g, (digit) => digit === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]);
}

// inWords is a number as text sets it: three figures and a true minus sign.
function inWords(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const text = Math.abs(value) >= 1e4 || (value !== 0 && Math.abs(value) < 1e-3)
    ? value.toExponential(1) : String(Number(value.toPrecision(3)));
  return text.replace("-", "−");
}
