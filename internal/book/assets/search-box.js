"use strict";
// The search box of every page. What it looks things up in is loaded with the first
// letter: search.js sets bookIndex to the pages of the book with their sections, and then
// search-code.js sets bookCode to the code of these.
(() => {
  const box = document.querySelector(".search");
  const [input, matches, status, list] = ["input", ".matches", "[role=status]", "ol"].map((part) => box.querySelector(part));
  const most = 30; // matches that are listed
  let sections = null; // of all pages, once the index is there

  // What is hard to type can be named.
  const named = new Map([["sqrt", "√"]]);
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho _ sigma tau upsilon phi chi psi omega"
    .split(" ").forEach((name, i) => { named.set(name, String.fromCodePoint(0x3b1 + i)); });

  const plain = (text) => {
    const word = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    return named.get(word) ?? word;
  };

  // Words without case and accents, and where they stand. A root is a word of its own.
  const wordsOf = (text) => Array.from(text.matchAll(/√|[\p{L}\p{N}\p{M}]+/gu), (found) => ({
    word: plain(found[0]),
    start: found.index,
    end: found.index + found[0].length,
  }));

  // load runs a program beside the page, once, and then does what follows from it.
  function load(name, then) {
    load.begun ??= new Set();
    if (load.begun.has(name)) return;
    load.begun.add(name);
    const script = document.createElement("script");
    script.src = name;
    script.onload = () => { then(); search(); };
    script.onerror = () => show(`The index of the search, ${name}, is missing beside this page.`);
    document.head.append(script);
  }

  function readText() {
    sections = bookIndex.flatMap(({ page, title, sections }) => sections.map((section) => {
      const heading = section.title || title;
      return {
        address: page + (section.anchor ? "#" + section.anchor : ""),
        chapter: section.title ? title : "", heading, text: section.text, code: "",
        headingWords: wordsOf(heading), textWords: wordsOf(section.text), codeWords: [],
      };
    }));
  }

  function readCode() {
    for (const [i, code] of bookCode.flat().entries()) {
      sections[i].code = code;
      sections[i].codeWords = wordsOf(code);
    }
  }

  // wantedIn returns what a query looks for: parts between spaces, each of words that have
  // to follow one another, as in n^{-1/2}.
  const wantedIn = (query) => query.split(/\s+/)
    .map((part) => wordsOf(part).map(({ word }) => word))
    .filter((part) => part.length > 0);

  // A letter or digit is itself, anything longer may be the beginning of a word.
  const fits = (found, word) => found && (word.length > 1 ? found.word.startsWith(word) : found.word === word);

  // places returns where a part begins among words.
  const places = (words, part) => Array.from(words.keys()).filter((at) => part.every((word, i) => fits(words[at + i], word)));

  // find returns the sections that have all parts: those that have them in the heading first,
  // then those that have them most often in the text, then in the code.
  function find(wanted) {
    return sections
      .map((section) => {
        const count = (words) => wanted.map((part) => places(words, part).length);
        const [inHeading, inText, inCode] = [section.headingWords, section.textWords, section.codeWords].map(count);
        const sum = (counts) => counts.reduce((a, b) => a + b, 0);
        return {
          section, all: wanted.every((_, i) => inHeading[i] + inText[i] + inCode[i] > 0),
          headed: inHeading.filter((n) => n > 0).length, often: sum(inText), coded: sum(inCode),
        };
      })
      .filter(({ all }) => all)
      .sort((a, b) => b.headed - a.headed || b.often - a.often || b.coded - a.coded)
      .map(({ section }) => section);
  }

  // marked returns a part of a text with what was looked for marked.
  function marked(text, words, wanted, from = 0, to = text.length) {
    const part = document.createElement("span");
    const hits = new Set(wanted.flatMap((sought) => places(words, sought).flatMap((at) => sought.map((_, i) => at + i))));
    let at = from;
    for (const [i, { start, end }] of words.entries()) {
      if (start < from || end > to || !hits.has(i)) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      part.append(text.slice(at, start), mark);
      at = end;
    }
    part.append(text.slice(at, to));
    return part;
  }

  // excerpt returns the surroundings of the first part that was looked for: in the text,
  // else in the code, else the beginning of the text.
  function excerpt({ text, textWords, code, codeWords }, wanted) {
    const firstIn = (words) => Math.min(...wanted.flatMap((part) => places(words, part).slice(0, 1)), words.length);
    const inCode = firstIn(textWords) === textWords.length && firstIn(codeWords) < codeWords.length;
    const [whole, words] = inCode ? [code, codeWords] : [text, textWords];
    const first = firstIn(words);
    const found = first < words.length;
    const from = !found || first < 8 ? 0 : words[first - 8].start;
    const last = words[Math.min((found ? first : 0) + 18, words.length - 1)];
    const to = !last || last === words.at(-1) ? whole.length : last.end;
    const part = marked(whole, words, wanted, from, to);
    part.className = inCode ? "excerpt of-code" : "excerpt";
    if (from > 0) part.prepend("… ");
    if (to < whole.length) part.append(" …");
    return part;
  }

  function entry(section, wanted) {
    const [item, link, where] = ["li", "a", "span"].map((name) => document.createElement(name));
    link.href = section.address;
    where.className = "where";
    where.append(section.chapter ? section.chapter + " › " : "", marked(section.heading, section.headingWords, wanted));
    link.append(where, excerpt(section, wanted));
    item.append(link);
    return item;
  }

  // show says something and lists entries; without either there is nothing to see.
  function show(message, entries = []) {
    status.textContent = message;
    list.replaceChildren(...entries);
    matches.classList.toggle("open", message !== "");
  }

  function search() {
    const wanted = wantedIn(input.value);
    if (wanted.length === 0) return show("");
    load("search.js", readText);
    if (!sections) return show("");
    load("search-code.js", readCode);
    const found = find(wanted);
    const count = found.length === 1 ? "1 match" : `${found.length || "No"} matches`;
    show(count + (found.length > most ? `, the first ${most}:` : ""), found.slice(0, most).map((section) => entry(section, wanted)));
  }

  // Arrow keys go through box and matches, Enter follows, Escape closes.
  function onKey(event) {
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const to = at + (event.key === "ArrowDown" ? 1 : -1);
      stops[Math.min(Math.max(to, 0), stops.length - 1)].focus();
    } else if (event.key === "Enter" && at === 0 && stops.length > 1) {
      stops[1].click();
    } else if (event.key === "Escape" && matches.classList.contains("open")) {
      input.focus();
      show("");
    } else return;
    event.preventDefault();
  }

  box.hidden = false;
  input.addEventListener("focus", () => { if (!matches.classList.contains("open")) search(); });
  input.addEventListener("input", search);
  box.addEventListener("keydown", onKey);
  list.addEventListener("click", (event) => { if (event.target.closest("a")) setTimeout(show, 0, ""); });
  document.addEventListener("click", (event) => { if (!box.contains(event.target)) show(""); });
  box.addEventListener("focusout", (event) => { if (event.relatedTarget && !box.contains(event.relatedTarget)) show(""); });
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writing) return;
    event.preventDefault();
    input.focus();
  });
})();
