// The verdict and the numbers, in words and as a table.

const words = {
  balanced: "Balanced", tipping: "Tipping", oscillating: "Oscillating", runaway: "Runaway", silent: "Silent", unbalanced: "Not balanced",
};

function kappaInWords(kappa) {
  if (kappa === null) return "no balance to start from, hence no κ";
  if (kappa === 0) return "a push off the balance neither grows nor decays";
  return "a push off the balance grows at rate κ√n: it dies away if κ < 0";
}

class VerdictPanel {
  constructor(panel, live) {
    this.word = panel.querySelector(".word");
    this.kappa = panel.querySelector(".kappa");
    this.meaning = panel.querySelector(".meaning");
    this.text = panel.querySelector(".text");
    this.panel = panel;
    this.live = live;
  }

  show(answer) {
    clearTimeout(this.timer);
    this.timer = 0;
    this.panel.setAttribute("aria-busy", false);
    const { verdict, problem } = answer;
    const wrong = problem?.kind === "input";
    this.panel.dataset.word = wrong ? "input" : verdict?.word ?? "failed";
    this.word.textContent = wrong ? "Not a network" : words[verdict?.word] ?? "No answer";
    this.kappa.textContent = Number.isFinite(verdict?.kappa) ? `κ = ${inWords(verdict.kappa)}` : "";
    this.meaning.textContent = wrong || !verdict ? "" : kappaInWords(verdict.kappa);
    this.text.textContent = wrong || !verdict ? problem.text : verdict.text;
  }

  // wait shows after a while that what is read here is of other values, until there is an answer.
  wait() { this.timer ||= setTimeout(() => this.panel.setAttribute("aria-busy", true), 400); }

  // speak is for those who hear the page, once things rest.
  speak() {
    const spoken = `${this.word.textContent}. ${this.text.textContent} ${this.kappa.textContent}`.trim();
    if (this.live.textContent !== spoken) this.live.textContent = spoken;
  }
}

const tableSteps = 8;

// fillTable writes the limit at some times with all digits.
function fillTable(table, answer, every) {
  const { times = [], populations = [] } = answer;
  const columns = ["mean", "variance", "rate", "input"];
  const names = { mean: "mean", variance: "variance", rate: "rate", input: "input ψ" };
  const cell = (kind, text) => {
    const element = document.createElement(kind);
    element.textContent = text;
    if (kind === "th") element.scope = "col";
    return element;
  };
  const head = document.createElement("tr");
  head.append(cell("th", "t"), ...columns.flatMap((column) => populations.map((name) => cell("th", `${names[column]} ${name}`))), cell("th", "κ"));
  const rows = [];
  for (let i = 0; i < times.length; i++) {
    if (i % every !== 0 && i !== times.length - 1) continue;
    const row = document.createElement("tr");
    row.append(
      cell("td", String(times[i])),
      ...columns.flatMap((column) => populations.map((_, a) => cell("td", String(answer[column][i][a] ?? "–")))),
      cell("td", String(answer.stability[i] ?? "–")));
    rows.push(row);
  }
  if (!rows.length) {
    const row = document.createElement("tr");
    const none = cell("td", "There is no limit, hence no numbers.");
    none.colSpan = head.children.length || 1;
    row.append(none);
    rows.push(row);
  }
  table.tHead.replaceChildren(head);
  table.tBodies[0].replaceChildren(...rows);
}
