"use strict";
/* The years below the map: which one is shown, and how much ran in each. */

const Timeline = (() => {
  const { element, button } = Parts;

  /** The bar of a map; `chosen(year)` is called when a person chose a year. */
  function attach(map, texts, chosen) {
    const bar = element("section", "izsa-time");
    bar.setAttribute("aria-label", texts.time);
    bar.hidden = true;
    const range = element("input");
    range.type = "range";
    range.step = "1";
    range.setAttribute("aria-label", texts.year);
    const said = element("output");
    const heights = element("div", "heights");
    heights.setAttribute("aria-hidden", "true");
    const track = element("div", "track");
    track.append(heights, range);
    const note = element("span", "note");
    const move = (by) => () => {
      range.value = String(Number(range.value) + by);
      range.dispatchEvent(new Event("input"));
    };
    const row = element("div", "row");
    row.append(button("left", texts.earlier, move(-1)), track, button("right", texts.later, move(1)), said);
    bar.append(row, note);
    map.getContainer().append(bar);
    L.DomEvent.disableClickPropagation(bar);
    L.DomEvent.disableScrollPropagation(bar);
    bar.addEventListener("keydown", (event) => event.stopPropagation());

    const mark = () => {
      said.textContent = range.value;
      for (const column of heights.children) column.classList.toggle("now", column.dataset.year === range.value);
    };
    range.addEventListener("input", () => {
      mark();
      chosen(Number(range.value));
    });

    return Object.freeze({
      get height() { return bar.hidden ? 0 : bar.offsetHeight + 20; },
      /** Show this year among `years`, [{year, count}], and a sentence; 0 hides the bar. */
      show(year, years, sentence) {
        bar.hidden = !year || years.length === 0;
        if (bar.hidden) return;
        const most = Math.max(1, ...years.map(({ count }) => count));
        heights.replaceChildren(...years.map((one) => {
          const column = element("i");
          column.dataset.year = String(one.year);
          column.style.height = `${Math.round((100 * one.count) / most)}%`;
          return column;
        }));
        range.min = String(years[0].year);
        range.max = String(years.at(-1).year);
        if (document.activeElement !== range || Number(range.value) === year) range.value = String(year);
        note.textContent = sentence;
        note.hidden = !sentence;
        mark();
      },
    });
  }

  return Object.freeze({ attach });
})();
