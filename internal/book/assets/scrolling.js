// What scrolls sideways in a narrow window can be reached with the keyboard, and is seen to
// go on: the style sheet lets its edges fade. Elsewhere it would only be one more stop on
// the way.
(() => {
  const parts = Array.from(document.querySelectorAll(".scroll, .drawing, pre, .display-formula, article p, article > ul, article > ol"),
    (part) => ({ part, always: part.hasAttribute("tabindex") }));
  const update = ({ part, always }) => {
    const hidden = part.scrollWidth - part.clientWidth;
    const scrolls = hidden > 1 && getComputedStyle(part).overflowX === "auto";
    part.classList.toggle("cut", scrolls);
    part.classList.toggle("left", scrolls && part.scrollLeft > 1);
    part.classList.toggle("right", scrolls && part.scrollLeft < hidden - 1);
    if (always) return;
    if (scrolls) part.tabIndex = 0;
    else part.removeAttribute("tabindex");
  };
  for (const one of parts) one.part.addEventListener("scroll", () => update(one), { passive: true });
  new ResizeObserver(() => parts.forEach(update)).observe(document.body);
})();
