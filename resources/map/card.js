"use strict";
/* The card under the pointer and the list of the projects of one spot. Texts of users go in by textContent, only. */

const Card = (() => {
  const LISTED = 200;

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  const fill = (sentence, count) => sentence.replace("{count}", count.toLocaleString(document.documentElement.lang));

  function chip(goal) {
    const made = element("span", "izsa-chip", goal || "–");
    made.style.background = Goals.color(goal);
    return made;
  }

  function goalRow(goal, name, number) {
    const row = element("div", "izsa-goal-row");
    row.append(chip(goal), element("span", "", name));
    if (number !== undefined) row.append(element("span", "", number));
    return row;
  }

  function project(item, texts) {
    const { title, district, status, goals, approximate } = item.properties;
    const parts = [
      element("div", "izsa-title", title || texts.untitled),
      element("div", "izsa-facts", [district, status].filter(Boolean).join(" · ")),
    ];
    const chips = element("div", "izsa-goals");
    if (goals.length) chips.append(goalRow(goals[0], Goals.name(goals[0])), ...goals.slice(1).map(chip));
    else chips.append(element("span", "izsa-facts", texts.noGoal));
    parts.push(chips);
    if (approximate) parts.push(element("div", "izsa-note dashed", texts.approximate));
    return parts;
  }

  function cluster(item, texts, onOneSpot) {
    const rows = element("div", "izsa-goals");
    const byNumber = Goals.sorted(item.mix).sort(([, a], [, b]) => b - a);
    rows.append(...byNumber.slice(0, 5).map(([goal, number]) => goalRow(goal, goal ? Goals.name(goal) : texts.noGoal, number)));
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
      button.append(chip(item.properties.goal), element("span", "izsa-title", item.properties.title || texts.untitled));
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
      showCard(item, point, onOneSpot) {
        card.replaceChildren(...(item.count === 1 ? project(item, texts) : cluster(item, texts, onOneSpot)));
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

  return Object.freeze({ attach });
})();
