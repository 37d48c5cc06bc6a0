// What scrolls sideways in a narrow window can be reached with the keyboard. Elsewhere it
// would only be one more stop on the way.
(() => {
  const parts = document.querySelectorAll(".display-formula, article p, article > ul, article > ol");
  const update = () => {
    for (const part of parts) {
      const scrolls = part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX === "auto";
      if (scrolls) part.tabIndex = 0;
      else part.removeAttribute("tabindex");
    }
  };
  new ResizeObserver(update).observe(document.body);
})();
