"use strict";
/* The card under the pointer and the list of the projects of one spot. Texts of users go in by textContent, only. */

const Card = (() => {
  const LISTED = 200;

  const { element } = Parts;

  const fill = (sentence, count) => sentence.replace("{count}", count.toLocaleString(document.documentElement.lang));

  const fact = (scheme, code) => (code ? Schemes.read(scheme, code).text : "");
  const chip = (goal) => Schemes.swatch({ ...Schemes.read("goal", goal).value, number: goal || "–" });

  /** A value's picture, a text, and perhaps a number at the end. */
  function valueRow(picture, text, number) {
    const row = element("div", "izsa-value-row");
    row.append(picture, element("span", "", text));
    if (number !== undefined) row.append(element("span", "", number));
    return row;
  }

  function project(item, texts, scheme) {
    const { title, district, status, goals, approximate, shared } = item.properties;
    const parts = [
      element("div", "izsa-title", title || texts.untitled),
      element("div", "izsa-facts", [fact("district", district), fact("status", status)].filter(Boolean).join(" · ")),
    ];
    const chips = element("div", "izsa-goals");
    if (goals.length) chips.append(valueRow(chip(goals[0]), fact("goal", goals[0])), ...goals.slice(1).map(chip));
    else chips.append(element("span", "izsa-facts", texts.noGoal));
    parts.push(chips);
    if (scheme.name !== "goal") parts.push(ofScheme(item.properties, scheme));
    if (approximate) parts.push(element("div", "izsa-note dashed", texts.approximate));
    if (shared) parts.push(element("div", "izsa-note diamond", texts.othersProject));
    return parts;
  }

  /** What the project is coloured by, in words. */
  function ofScheme(properties, scheme) {
    const { value, text } = Schemes.read(scheme.name, properties[scheme.name]);
    const holder = element("div", "izsa-goals whole");
    holder.append(valueRow(Schemes.swatch(value), `${scheme.label}: ${text}`));
    return holder;
  }

  function cluster(item, texts, onOneSpot) {
    const rows = element("div", "izsa-goals");
    const byNumber = [...item.mix].sort(([, a], [, b]) => b - a);
    rows.append(...byNumber.slice(0, 5).map(([value, number]) => valueRow(Schemes.swatch(value), value.name, number)));
    if (byNumber.length > 5) rows.append(element("span", "izsa-facts", "…"));
    return [
      element("div", "izsa-title", fill(onOneSpot ? texts.severalHere : texts.severalNear, item.count)),
      rows,
      element("div", "izsa-note", onOneSpot ? texts.clickToList : texts.clickToZoom),
    ];
  }

  /** Put a panel beside a mark, inside the map. `point` in container pixels, `r` the mark's radius. */
  function place(panel, map, point, r) {
    const size = map.getSize();
    const { offsetWidth: width, offsetHeight: height } = panel;
    const left = Math.min(Math.max(8, point.x - width / 2), size.x - width - 8);
    const above = point.y - r - 10 - height;
    const top = above >= 8 ? above : Math.min(point.y + r + 10, size.y - height - 8);
    panel.style.left = `${left}px`;
    panel.style.top = `${Math.max(8, top)}px`;
  }

  /** The panels of a map. `choose(id)` is called when a project of the list is chosen. */
  function attach(map, texts, choose) {
    const container = map.getContainer();
    const card = element("div", "izsa-card");
    const list = element("section", "izsa-list");
    for (const panel of [card, list]) {
      panel.hidden = true;
      container.append(panel);
      L.DomEvent.disableClickPropagation(panel);
      L.DomEvent.disableScrollPropagation(panel);
    }
    card.setAttribute("aria-hidden", "true");

    const hideList = () => { list.hidden = true; };
    list.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      hideList();
      container.focus();
    });

    function listRow(item, selected) {
      const button = element("button");
      button.type = "button";
      button.append(Schemes.swatch(item.value), element("span", "izsa-title", item.properties.title || texts.untitled));
      button.setAttribute("aria-current", String(item.id === selected));
      button.addEventListener("click", () => {
        for (const other of list.querySelectorAll("li button")) other.setAttribute("aria-current", String(other === button));
        choose(item.id);
      });
      const row = element("li");
      row.append(button);
      return row;
    }

    return Object.freeze({
      showCard(item, point, onOneSpot, scheme) {
        card.replaceChildren(...(item.count === 1 ? project(item, texts, scheme) : cluster(item, texts, onOneSpot)));
        card.hidden = false;
        place(card, map, point, item.r);
      },
      hideCard() { card.hidden = true; },
      showList(item, leaves, point, selected) {
        const header = element("header");
        const close = element("button", "", "×");
        close.type = "button";
        close.title = texts.close;
        close.setAttribute("aria-label", texts.close);
        close.addEventListener("click", hideList);
        header.append(element("span", "", fill(texts.severalHere, item.count)), close);
        const rows = element("ul");
        rows.append(...leaves.map((leaf) => listRow(leaf, selected)));
        list.replaceChildren(header, rows);
        if (item.count > leaves.length) list.append(element("div", "izsa-note", fill(texts.more, item.count - leaves.length)));
        list.hidden = false;
        place(list, map, point, item.r);
        rows.querySelector("button").focus({ preventScroll: true });
      },
      hideList,
      LISTED,
    });
  }

  return Object.freeze({ attach, place });
})();
