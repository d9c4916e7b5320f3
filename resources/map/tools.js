"use strict";
/* The bar of the drawing tools above the map, the hint below it, and the cross in the middle for who uses the keyboard. */

const Tools = (() => {
  const NAMES = ["point", "line", "area"];

  function button(name, label, title, action) {
    const made = Parts.button(name, title, action, label);
    made.dataset.tool = name;
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
