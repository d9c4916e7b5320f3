"use strict";
/* The legend: what the projects are coloured by, each value with its number of projects, and a filter. A click hides or
   shows a value's projects, with Ctrl or Shift it leaves only these; arrow keys go from value to value. */

const Legend = (() => {
  const NARROW = 520; // pixels of a map on which the legend stays folded until it is asked for

  const { element, icon } = Parts;

  function button(className, text) {
    const made = element("button", className, text);
    made.type = "button";
    return made;
  }

  const say = (number) => number.toLocaleString(document.documentElement.lang);

  /** The legend of a map. `start`: {scheme, hidden, open}. `chosen()` is called when a person changed the colours or what
      is hidden, `folded()` when the legend changed its size. */
  function attach(map, texts, start, { chosen, folded }) {
    let scheme = null;
    let hidden = new Set();
    let open = true;
    let peeking = false; // unfolded on a narrow map: not remembered
    let counts = [];
    let away = false; // the map does not show projects as marks

    const panel = element("section", "izsa-legend");
    panel.setAttribute("aria-label", texts.legend);
    const fold = button("fold");
    const foldText = element("span");
    fold.append(icon("chevron"), foldText);
    const select = element("select");
    select.setAttribute("aria-label", texts.colourBy);
    select.append(...Schemes.names().map((name) => new Option(Schemes.get(name).label, name)));
    const printed = element("span", "printed");
    const header = element("header");
    header.append(fold, select, printed);
    const list = element("ul");
    const foot = element("footer");
    const hiddenText = element("span");
    const all = button("", texts.legendAll);
    foot.append(hiddenText, all);
    const shapes = element("div", "shapes");
    panel.append(header, list, foot, shapes);
    Controls.control("topleft", panel).addTo(map);

    const narrow = () => map.getSize().x < NARROW;
    const unfolded = () => (narrow() ? peeking : open);
    const hiddenNumber = () => counts.reduce((sum, count, slot) => sum + (hidden.has(scheme.values[slot].code) ? count : 0), 0);
    /** The values that some project has. */
    const present = () => scheme.values.filter((_value, slot) => counts[slot] > 0);

    function take(state) {
      scheme = Schemes.get(state.scheme);
      hidden = new Set(state.hidden);
      open = state.open;
    }

    function entry(value) {
      const made = button("entry");
      made.dataset.code = value.code;
      made.title = `${value.name}\n${texts.legendHelp}`;
      made.setAttribute("aria-pressed", String(!hidden.has(value.code)));
      made.append(Schemes.swatch(value), element("span", "name", value.name), element("span", "count", say(counts[scheme.values.indexOf(value)])));
      const item = element("li");
      item.append(made);
      return item;
    }

    /** One stop for the Tab key in the list; it stays where the person is. */
    function roam(code) {
      const entries = [...list.querySelectorAll("button")];
      const stop = entries.find((made) => made.dataset.code === code) ?? entries[0];
      for (const made of entries) made.tabIndex = made === stop ? 0 : -1;
      return stop;
    }

    function draw() {
      const focused = list.contains(document.activeElement);
      const code = document.activeElement.dataset.code ?? list.querySelector("[tabindex='0']")?.dataset.code;
      select.value = scheme.name;
      printed.textContent = scheme.label;
      list.replaceChildren(...present().map(entry));
      const stop = roam(code);
      if (focused) stop?.focus({ preventScroll: true });
      drawFrame();
    }

    function drawFrame() {
      const number = hiddenNumber();
      const said = number ? texts.legendHidden.replace("{count}", say(number)) : "";
      const wide = unfolded();
      panel.classList.toggle("folded", !wide);
      panel.style.maxHeight = `${Controls.room(map, panel)}px`;
      fold.setAttribute("aria-expanded", String(wide));
      fold.title = wide ? texts.legendFold : texts.legendUnfold;
      fold.setAttribute("aria-label", [fold.title, scheme.label, said].filter(Boolean).join(" · "));
      foldText.textContent = [scheme.label, said].filter(Boolean).join(" · ");
      hiddenText.textContent = said;
      foot.hidden = number === 0;
    }

    function changed(code) {
      chosen();
      if (code !== undefined) roam(code)?.focus({ preventScroll: true });
    }

    /** Hide or show a value's projects; `alone`: show these only, or all again when only these are shown. */
    function toggle(code, alone) {
      const others = present().map((value) => value.code).filter((other) => other !== code);
      if (alone) {
        const already = !hidden.has(code) && others.every((other) => hidden.has(other));
        hidden = new Set(already ? [] : others);
      } else if (!hidden.delete(code)) {
        hidden.add(code);
      }
      changed(code);
    }

    list.addEventListener("click", (event) => {
      const made = event.target.closest("button");
      if (made) toggle(made.dataset.code, event.ctrlKey || event.metaKey || event.shiftKey);
    });
    list.addEventListener("keydown", (event) => {
      const entries = [...list.querySelectorAll("button")];
      const at = entries.indexOf(document.activeElement);
      const goals = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 };
      if (event.key in goals) {
        const code = entries[Math.min(Math.max(goals[event.key], 0), entries.length - 1)]?.dataset.code;
        roam(code)?.focus();
      } else if ((event.key === "Enter" || event.key === " ") && (event.ctrlKey || event.shiftKey) && at >= 0) {
        toggle(entries[at].dataset.code, true);
      } else {
        return;
      }
      event.preventDefault();
    });
    panel.addEventListener("keydown", (event) => event.stopPropagation()); // arrows here do not move the map
    select.addEventListener("change", () => {
      scheme = Schemes.get(select.value);
      hidden = new Set();
      changed();
    });
    all.addEventListener("click", () => {
      hidden = new Set();
      changed();
      select.focus({ preventScroll: true });
    });
    fold.addEventListener("click", () => {
      if (narrow()) peeking = !peeking;
      else open = !open;
      drawFrame();
      folded();
    });
    let wasNarrow = narrow();
    map.on("resize", () => {
      if (narrow() !== wasNarrow) peeking = false;
      wasNarrow = narrow();
      drawFrame();
    });

    take(start);

    return Object.freeze({
      get scheme() { return scheme; },
      get hidden() { return hidden; },
      /** What is remembered: {scheme, hidden, open}. */
      get state() { return { scheme: scheme.name, hidden: [...hidden], open }; },
      /** How many pixels of the map's left side it takes. */
      get width() { return unfolded() ? panel.offsetWidth : 0; },
      get entries() {
        return present().map(({ code, name }) => ({ code, name, count: counts[scheme.values.findIndex((v) => v.code === code)], shown: !hidden.has(code) }));
      },
      take,
      /** Whether it has something to say at all; it is drawn with the next `show`. */
      setAway(on) { away = on; },
      /** Show the numbers of an index made by Clusters.index, and what the shapes on it mean. */
      show(projects) {
        counts = projects.counts;
        panel.hidden = away || !counts.some((count) => count > 0);
        const notes = projects.shared ? [["disc", texts.ownProject], ["diamond", texts.othersProject]] : [];
        if (projects.approximate) notes.push(["dashed", texts.approximate]);
        for (const [kind, area] of [["line", false], ["area", true]]) {
          if (projects.shapes.some(({ shape }) => shape.area === area)) notes.push([kind, texts[`${kind}Project`]]);
        }
        shapes.replaceChildren(...notes.map(([kind, text]) => element("div", `izsa-note ${kind}`, text)));
        shapes.hidden = notes.length === 0;
        draw();
      },
      /** In the colours of the theme of now. */
      draw,
    });
  }

  return Object.freeze({ attach });
})();
