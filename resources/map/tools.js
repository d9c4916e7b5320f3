"use strict";
/* The bar of the drawing tools above the map, the hint below it, and the cross in the middle for who uses the keyboard. */

const Tools = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const NAMES = ["point", "line", "area"];
  const ICONS = {
    point: "M9 16C6 12.5 4 10 4 7.2a5 5 0 0 1 10 0C14 10 12 12.5 9 16zM9 9a1.8 1.8 0 1 0 0-3.6a1.8 1.8 0 0 0 0 3.6",
    line: "M3 14.5l4.5-6l4 3L15 4M3 14.5h.01M7.5 8.5h.01M11.5 11.5h.01M15 4h.01",
    area: "M4 5l8-1.5l3 6.5l-5 5l-6.5-3z",
    undo: "M6.5 4L3 7.5L6.5 11M3 7.5h7.5a4 4 0 0 1 0 8H7",
    remove: "M3.5 5h11M7 5V3.2h4V5M5 5l.7 9.8h6.6L13 5M7.6 8v4M10.4 8v4",
    done: "M3.5 9.5l3.5 3.5l7.5-8",
  };

  function icon(name) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 18 18");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  function button(name, label, title, action) {
    const made = document.createElement("button");
    made.type = "button";
    made.dataset.tool = name;
    made.title = title;
    made.setAttribute("aria-label", title);
    made.append(icon(name));
    if (label) made.append(label);
    made.addEventListener("click", action);
    return made;
  }

  /** `actions` has choose(tool), undo(), remove(), leave(). */
  function attach(map, texts, actions) {
    const container = map.getContainer();
    const bar = document.createElement("div");
    bar.className = "izsa-tools";
    bar.hidden = true;
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", texts.tools);
    const choices = NAMES.map((name) => button(name, texts[name], texts[name], () => actions.choose(name)));
    const undo = button("undo", "", texts.undo, actions.undo);
    const remove = button("remove", "", texts.remove, actions.remove);
    const done = button("done", texts.leave, texts.leave, actions.leave);
    done.classList.add("done");
    bar.append(...choices, undo, remove, done);
    const hint = document.createElement("div");
    hint.className = "izsa-hint";
    hint.hidden = true;
    hint.setAttribute("role", "status");
    const cross = document.createElement("div");
    cross.className = "izsa-cross";
    cross.setAttribute("aria-hidden", "true");
    container.append(bar, hint, cross);
    L.DomEvent.disableClickPropagation(bar);
    const off = (one, disabled) => one.setAttribute("aria-disabled", String(disabled));

    return Object.freeze({
      /** Show the bar with this tool chosen; "" takes it away. */
      show(tool) {
        bar.hidden = tool === "";
        if (!tool) hint.hidden = true;
        container.classList.toggle("izsa-with-tools", tool !== "");
        for (const one of choices) one.setAttribute("aria-pressed", String(one.dataset.tool === tool));
        undo.hidden = remove.hidden = tool === "point";
      },
      /** What can be done now. */
      allow({ undo: canUndo, remove: canRemove }) {
        off(undo, !canUndo);
        off(remove, !canRemove);
      },
      say(text) {
        if (hint.textContent !== text) hint.textContent = text; // a screen reader reads each change
        hint.hidden = text === "";
      },
    });
  }

  return Object.freeze({ attach });
})();
