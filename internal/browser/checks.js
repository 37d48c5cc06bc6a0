(() => {
  const all = selector => [...document.querySelectorAll(selector)];
  const visible = element => element.checkVisibility({ visibilityProperty: true });
  const name = element => {
    const text = (element.getAttribute("alttext") ?? element.textContent).replace(/\s+/g, " ").trim().slice(0, 60);
    const classes = [...element.classList].map(one => "." + one).join("");
    const place = element.id ? "" : element.closest("[id]") ? ` in #${element.closest("[id]").id}` : "";
    return `<${element.tagName.toLowerCase()}${element.id && "#" + element.id}${classes}>${place}${text && ` “${text}”`}`;
  };
  const scrolls = element => getComputedStyle(element).overflowX !== "visible";

  return {
    // Images that are not decoded and formulas that take no room.
    pictures() {
      const findings = [];
      for (const image of all("img")) {
        if (visible(image) && !(image.complete && image.naturalWidth > 0)) {
          findings.push(`image is not decoded: ${name(image)} ${image.src.slice(0, 80)}`);
        }
      }
      for (const formula of all("math")) {
        const box = formula.getBoundingClientRect();
        if (visible(formula) && !(box.width > 0 && box.height > 0)) {
          findings.push(`formula without a size: ${name(formula)}`);
        }
      }
      return findings;
    },

    // The elements that make the page wider than it may be; none of what a box
    // around it scrolls or cuts.
    tooWide(width) {
      const found = document.scrollingElement.scrollWidth;
      if (found <= width) return [];
      const culprits = all("body *").filter(element => {
        if (!visible(element) || element.getBoundingClientRect().right <= width + 1) return false;
        for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
          if (scrolls(box)) return false;
        }
        return true;
      });
      return [`the page is ${found} px wide, the view ${width} px: ${culprits.slice(0, 5).map(name).join(", ")}`];
    },

    // Boxes that hide a part of what is in them, unless it is scrolled into view.
    cut() {
      return all("body *")
        .filter(box => visible(box) && scrolls(box) && box.clientWidth > 0 && box.scrollWidth > box.clientWidth + 1)
        .map(box => `wider than its box by ${box.scrollWidth - box.clientWidth} px: ${name(box)}`);
    },

    shown(selector) {
      return all(selector).filter(visible).length;
    },

    structure() {
      const findings = [];
      let before = 0;
      for (const heading of all("h1, h2, h3, h4, h5, h6")) {
        const level = Number(heading.tagName[1]);
        if (level > before + 1) findings.push(`heading of level ${level} after one of level ${before}: ${name(heading)}`);
        before = level;
      }
      const titles = all("h1").length;
      if (titles !== 1) findings.push(`${titles} headings of level 1, want one`);
      for (const image of all("img")) {
        const missing = image.closest("figure") ? !image.alt.trim() : !image.hasAttribute("alt");
        if (missing) findings.push(`image without alternative text: ${name(image)} ${image.src.slice(0, 80)}`);
      }
      for (const drawing of all("svg")) {
        if (drawing.parentElement.closest("svg") || drawing.closest("[aria-hidden=true]")) continue;
        const label = drawing.getAttribute("aria-label") || drawing.querySelector(":scope > title")?.textContent;
        if (drawing.getAttribute("role") !== "img" || !label?.trim()) findings.push(`drawing without alternative text: ${name(drawing)}`);
      }
      return findings;
    },

    links() {
      return all("a[href]").map(link => new URL(link.getAttribute("href"), document.baseURI).href);
    },

    // The walk with the keyboard begins at the top of the page.
    beginWalk() {
      window.walked = new Set();
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute("tabindex");
      scrollTo(0, 0);
      return true;
    },

    // Where the walk is: after the last element it comes to the body, or around.
    step() {
      const element = document.activeElement;
      if (!element || element === document.body || walked.has(element)) return { ended: true };
      walked.add(element);
      const rings = () => {
        const list = [];
        for (let box = element; box && box !== document.body; box = box.parentElement) {
          const style = getComputedStyle(box);
          const there = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 && !/, 0\)$|transparent/.test(style.outlineColor);
          list.push(there && [style.outlineStyle, style.outlineWidth, style.outlineColor].join(" "));
        }
        return list;
      };
      const focused = rings();
      const box = element.getBoundingClientRect();
      const onScreen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
      element.blur();
      const without = rings();
      element.focus({ preventScroll: true });
      const details = element.tagName === "SUMMARY" ? element.parentElement : null;
      return {
        name: name(element), onScreen, ring: focused.some((ring, i) => ring && ring !== without[i]),
        folds: details !== null, open: details?.open ?? false,
      };
    },

    // What the walk did not come to. Of radio buttons one stands for its group.
    missed() {
      const reached = element => walked.has(element) ||
        element.type === "radio" && [...walked].some(other => other.type === "radio" && other.name === element.name);
      return all("a[href], button, input, select, textarea, summary, audio[controls], video[controls], [tabindex]")
        .filter(element => visible(element) && !element.matches(":disabled") && !element.matches("[tabindex='-1']") && !reached(element))
        .map(name);
    },
  };
})()
