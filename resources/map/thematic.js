"use strict";
/* What the map shows: projects, a colour for each district, or where something is missing; which year; and joint work.
   The choice is made here, what it comes to is counted by the program (docs/map-messages.md, `setThematic`). */

const Thematic = (() => {
  const NARROW = 520; // pixels of a map on which the panel stays folded until it is asked for

  const { element } = Parts;

  function toggle(icon, text, help, action) {
    const made = element("button", "toggle");
    made.type = "button";
    made.title = help;
    made.setAttribute("aria-label", `${text}: ${help}`);
    made.append(Parts.icon(icon), element("span", "", text));
    made.addEventListener("click", action);
    return made;
  }

  /** One of several, with arrow keys from one to the next. */
  function segments(items, label, chosen) {
    const group = element("div", "segments");
    group.setAttribute("role", "radiogroup");
    group.setAttribute("aria-label", label);
    group.append(...items.map(({ code, name }) => {
      const made = element("button", "", name);
      made.type = "button";
      made.dataset.code = code;
      made.setAttribute("role", "radio");
      made.addEventListener("click", () => chosen(code));
      return made;
    }));
    group.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!by) return;
      const at = items.findIndex(({ code }) => code === document.activeElement.dataset.code);
      const next = (at + by + items.length) % items.length;
      chosen(items[next].code);
      group.children[next].focus({ preventScroll: true });
      event.preventDefault();
    });
    return group;
  }

  function select(label, changed) {
    const made = element("select");
    made.setAttribute("aria-label", label);
    made.addEventListener("change", () => changed(made.value));
    return made;
  }

  /** The views of a map. `options` as maps/thematic.py makes them, `fixed` where no program counts anything else; `changed(choice, others)` and `district(code)` are
      called when a person chose something, `others` saying whether that shows other projects; `resized()` when the panel
      has another size. */
  function attach(map, options, layers, { changed, district, resized }) {
    const { texts, fixed } = options;
    let choice = { mode: "projects", measure: "density", topic: "", year: 0, links: false, request: 0 };
    let sent = 0;
    let data = { choice, districts: [], classes: [], sentence: "", notes: [], links: [], linksText: "", years: [], undated: "" };

    map.createPane("izsa-theme").style.zIndex = 250;
    map.createPane("izsa-links").style.zIndex = 440;
    const areas = new Choropleth.Layer(layers).addTo(map);
    const lines = new Links().addTo(map);

    const change = (more) => {
      sent += 1;
      choice = { ...choice, ...more, request: sent };
      hideCard();
      drawBar();
      changed(choice, "mode" in more || "year" in more);
    };

    const modes = segments(options.modes, texts.modes, (mode) => change({ mode }));
    const time = toggle("clock", texts.time, texts.timeHelp, () => change({ year: choice.year ? 0 : new Date().getFullYear() }));
    const joint = toggle("link", texts.links, texts.linksHelp, () => change({ links: !choice.links }));
    const bar = element("section", "izsa-modes");
    const toggles = element("div", "toggles");
    toggles.append(time, joint);
    bar.append(modes, toggles);
    bar.addEventListener("keydown", (event) => event.stopPropagation());
    if (!fixed) Controls.control("topleft", bar).addTo(map);

    const measure = select(texts.measure, (value) => change({ measure: value }));
    measure.append(...options.measures.map(({ code, name }) => new Option(name, code)));
    const topic = select(texts.topic, (value) => change({ topic: value }));
    topic.append(new Option(texts.everything, ""), ...options.topics.map(({ name, items }) => {
      const group = element("optgroup");
      group.label = name;
      group.append(...items.map((item) => new Option(item.name, item.code)));
      return group;
    }));
    const printed = element("div", "printed");
    const sentence = element("p", "sentence");
    sentence.setAttribute("aria-live", "polite");
    const classes = element("ul");
    const notes = element("div", "notes");
    const each = element("details");
    const eachList = element("ul", "each");
    each.append(element("summary", "", texts.list), eachList);
    const panel = element("section", `izsa-thematic${fixed ? " fixed" : ""}`);
    const fold = element("button", "fold");
    const foldText = element("span");
    fold.type = "button";
    fold.append(Parts.icon("chevron"), foldText);
    const choose = element("div", "choose");
    choose.append(measure, topic);
    const header = element("header");
    header.append(fold, fixed ? printed : choose);
    panel.append(header, ...(fixed ? [] : [printed]), sentence, classes, notes, each);
    let open = true;
    let peeking = false; // unfolded on a narrow map
    const narrow = () => map.getSize().x < NARROW;
    const unfolded = () => (narrow() ? peeking : open);
    fold.addEventListener("click", () => {
      if (narrow()) peeking = !peeking;
      else open = !open;
      drawFold();
      resized();
    });
    panel.addEventListener("keydown", (event) => event.stopPropagation());
    each.addEventListener("toggle", () => { fitPanel(); resized(); });
    Controls.control("topleft", panel).addTo(map);
    const linksNote = element("div", "izsa-links-note");
    Controls.control("topleft", linksNote).addTo(map);

    const timeline = Timeline.attach(map, texts, (year) => change({ year }));
    const card = element("div", "izsa-area");
    card.hidden = true;
    card.setAttribute("aria-hidden", "true");
    map.getContainer().append(card);

    const coloured = () => choice.mode !== "projects";
    const byCode = (code) => data.districts.find((one) => one.code === code);
    const numberOfClasses = () => data.classes.filter((one) => one.class >= 0).length;

    function drawBar() {
      for (const made of modes.children) {
        const on = made.dataset.code === choice.mode;
        made.setAttribute("aria-checked", String(on));
        made.tabIndex = on ? 0 : -1;
      }
      time.setAttribute("aria-pressed", String(choice.year > 0));
      joint.setAttribute("aria-pressed", String(choice.links));
      measure.value = choice.measure;
      topic.value = choice.topic;
      measure.hidden = choice.mode !== "districts";
      panel.hidden = !coloured();
      if (!choice.year) timeline.show(0, [], "");
    }

    function drawFold() {
      const wide = unfolded();
      panel.classList.toggle("folded", !wide);
      fold.setAttribute("aria-expanded", String(wide));
      fold.title = wide ? texts.fold : texts.unfold;
      fold.setAttribute("aria-label", `${fold.title}: ${printed.textContent}`);
      fitPanel();
    }

    function fitPanel() {
      panel.style.maxHeight = `${Controls.room(map, panel)}px`;
    }

    function districtRow(one) {
      const parts = [element("span", "name", one.name), element("span", "count", one.label || one.text)];
      const item = element("li", fixed ? "class" : "");
      if (fixed) {
        item.append(...parts);
        return item;
      }
      const made = element("button", "entry");
      made.type = "button";
      made.title = texts.clickHelp;
      made.append(...parts);
      made.addEventListener("click", () => district(one.code));
      made.addEventListener("focus", () => areas.setOver(one.code));
      made.addEventListener("blur", () => areas.setOver(""));
      item.append(made);
      return item;
    }

    function drawPanel() {
      const all = numberOfClasses();
      const title = [measure.hidden ? "" : measure.selectedOptions[0]?.textContent, topic.selectedOptions[0]?.textContent];
      if (choice.year) title.push(String(choice.year));
      printed.textContent = title.filter(Boolean).join(" · ");
      foldText.textContent = printed.textContent;
      sentence.textContent = data.sentence;
      classes.replaceChildren(...data.classes.map((one) => {
        const row = element("li", "class");
        row.append(Choropleth.swatch(data.choice.mode, one.class, all), element("span", "name", one.text), element("span", "count", String(one.count)));
        return row;
      }));
      notes.replaceChildren(...data.notes.map((text) => element("div", "", text)));
      notes.hidden = data.notes.length === 0;
      eachList.replaceChildren(...data.districts.map(districtRow));
      drawFold();
    }

    /** Draw what is known, in the colours of the theme of now: until the program answers, what it said last. */
    function draw() {
      const of = new Map(data.districts.map((one) => [one.code, one.class]));
      areas.show(coloured() ? { mode: data.choice.mode, classes: numberOfClasses(), of } : null);
      lines.show(choice.links ? data.links : []);
      linksNote.textContent = data.linksText;
      linksNote.hidden = !data.linksText;
      if (!fixed) timeline.show(choice.year, data.years, data.undated);
      drawBar();
      drawPanel();
    }

    function showCard(parts, point) {
      card.replaceChildren(...parts);
      card.hidden = false;
      Card.place(card, map, point, 8);
    }

    function hideCard() {
      card.hidden = true;
      areas.setOver("");
      lines.setOver(null);
    }

    map.on("movestart zoomstart mouseout", hideCard);
    let wasNarrow = narrow();
    map.on("resize", () => {
      if (narrow() !== wasNarrow) peeking = false;
      wasNarrow = narrow();
      drawFold();
    });
    drawBar();
    linksNote.hidden = true;

    return Object.freeze({
      get choice() { return choice; },
      get coloured() { return coloured(); },
      get data() { return data; },
      /** What is shown, in words. */
      get title() { return printed.textContent; },
      /** How many pixels of the map's left side the panel takes. */
      get width() { return panel.hidden || !unfolded() ? 0 : panel.offsetWidth; },
      /** How many pixels of its lower side the years take. */
      get height() { return timeline.height; },
      /** Whether a project is shown in the chosen year. */
      seen: (first, last) => !choice.year || (first > 0 && first <= choice.year && (!last || choice.year <= last)),
      /** What the program counted; an answer to an older choice is passed over. False when nothing changed. */
      take(told) {
        if (told.choice.request < sent) return false;
        sent = told.choice.request;
        choice = told.choice;
        data = told;
        hideCard();
        draw();
        return true;
      },
      draw,
      /** Names of the map with the values of the districts. */
      names(all) {
        if (!coloured()) return all;
        const sign = (one) => (data.choice.mode === "missing" ? { 1: "?", 2: "×" }[one.class] ?? one.label : one.label);
        return all.filter(({ kind }) => !["area", "city", "town", "place"].includes(kind)).map((name) => {
          const found = name.kind === "district" ? byCode(name.code) : null;
          if (!found) return name;
          return { ...name, to: 99, value: sign(found), ground: Choropleth.strong(data.choice.mode, found.class, numberOfClasses()) };
        });
      },
      /** The pointer is here: show what is known of it. True when there is something of ours. */
      move(point) {
        const line = lines.hit(point);
        lines.setOver(line);
        if (line) {
          areas.setOver("");
          showCard([element("div", "izsa-title", line.text)], point);
          return true;
        }
        const found = byCode(areas.hit(point));
        if (!found) {
          hideCard();
          return false;
        }
        areas.setOver(found.code);
        const facts = found.facts.map((text) => element("div", "izsa-facts", text));
        if (!fixed) facts.push(element("div", "izsa-note", texts.clickHelp));
        showCard([element("div", "izsa-title", found.name), element("div", "value", found.text), ...facts], point);
        return true;
      },
      hideCard,
      /** A click: true when it was on a district. */
      click(point) {
        const code = fixed ? "" : areas.hit(point);
        if (code) district(code);
        return code !== "";
      },
    });
  }

  return Object.freeze({ attach });
})();
