"use strict";
/* What stands round a map in a browser: the record of the project that was chosen, and the list of all of them, those
   without a place too. Texts of users go in by textContent, only. */

const Alone = (() => {
  const { records, texts } = JSON.parse(document.getElementById("izsa-records").textContent);
  const byId = new Map(records.map((record) => [record.id, record]));
  const panel = document.getElementById("alone-panel");
  const all = document.getElementById("alone-all");
  let map = null; // the handlers of the map page, once it is drawn
  let back = null; // what had the focus before the panel

  const { element } = Parts;

  function button(className, text, action) {
    const made = element("button", className, text);
    made.type = "button";
    made.addEventListener("click", action);
    return made;
  }

  function close() {
    panel.hidden = true;
    all.setAttribute("aria-expanded", "false");
    if (map) map.select("");
    if (back && back.isConnected) back.focus();
    back = null;
  }

  function open(name, ...parts) {
    if (panel.hidden) back = document.activeElement;
    const shut = button("alone-close", "×", close);
    shut.title = texts.close;
    shut.setAttribute("aria-label", texts.close);
    panel.replaceChildren(shut, ...parts);
    panel.setAttribute("aria-label", name);
    panel.hidden = false;
    panel.scrollTop = 0;
    all.setAttribute("aria-expanded", String(name === texts.list));
  }

  function goal(code) {
    const row = element("li");
    const { value, text } = Schemes.read("goal", code);
    row.append(Schemes.swatch(value), element("span", "", text));
    return row;
  }

  function facts(record) {
    const list = element("dl");
    for (const [label, text] of record.facts) list.append(element("dt", "", label), element("dd", "", text));
    return list;
  }

  /** The record of a project. */
  function chosen(id) {
    const record = byId.get(id);
    if (!record) return;
    const goals = element("ul", "alone-goals");
    goals.append(...record.goals.map(goal));
    const parts = [element("h2", "", record.title || texts.untitled)];
    if (!record.placed) parts.push(element("p", "izsa-facts", texts.unplaced));
    if (record.goals.length) parts.push(goals);
    if (record.purpose) parts.push(element("p", "alone-purpose", record.purpose));
    open(record.title || texts.untitled, ...parts, facts(record));
    panel.focus({ preventScroll: true });
  }

  function listRow(record) {
    const row = element("li");
    const line = button("", undefined, () => {
      if (map) map.select(record.placed ? record.id : "");
      chosen(record.id);
    });
    const place = record.placed ? record.district : [record.district, texts.unplaced].filter(Boolean).join(" · ");
    line.append(element("span", "izsa-title", record.title || texts.untitled), element("span", "izsa-facts", place));
    row.append(line);
    return row;
  }

  function showAll() {
    const find = element("input");
    find.type = "search";
    find.placeholder = texts.find;
    find.setAttribute("aria-label", texts.find);
    const rows = element("ul", "alone-list");
    const fold = (text) => text.toLocaleLowerCase(document.documentElement.lang);
    const fill = () => {
      const words = fold(find.value).split(/\s+/);
      const matches = ({ title, district }) => words.every((word) => fold(`${title} ${district}`).includes(word));
      rows.replaceChildren(...records.filter(matches).map(listRow));
    };
    find.addEventListener("input", fill);
    fill();
    open(texts.list, element("h2", "", texts.list), find, rows);
    find.focus();
  }

  all.addEventListener("click", () => (all.getAttribute("aria-expanded") === "true" ? close() : showAll()));
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });

  return Object.freeze({ chosen, drawn(handlers) { map = handlers; } });
})();
