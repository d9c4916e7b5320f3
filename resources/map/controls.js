"use strict";
/* Buttons, scale and credit. */

const Controls = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const ICONS = {
    plus: "M9 3.5v11M3.5 9h11",
    minus: "M3.5 9h11",
    chevron: "M5 7l4 4l4-4",
    clock: "M9 2.5a6.5 6.5 0 1 0 .01 0M9 5.5v4l2.5 1.5",
    link: "M5.2 12.8L12.8 5.2M4 16a2 2 0 1 0 0-4a2 2 0 0 0 0 4M14 6a2 2 0 1 0 0-4a2 2 0 0 0 0 4",
    left: "M11 5l-4 4l4 4",
    right: "M7 5l4 4l-4 4",
    home: "M2.5 6.5v-4h4M11.5 2.5h4v4M15.5 11.5v4h-4M6.5 15.5h-4v-4",
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

  function button(name, title, action) {
    const made = document.createElement("button");
    made.type = "button";
    made.title = title;
    made.setAttribute("aria-label", title);
    made.append(icon(name));
    made.addEventListener("click", action);
    return made;
  }

  /** Put an element of ours into a corner of the map; pressing and scrolling in it does not move the map. */
  function control(position, made) {
    const holder = new L.Control({ position });
    holder.onAdd = () => {
      L.DomEvent.disableClickPropagation(made);
      L.DomEvent.disableScrollPropagation(made);
      return made;
    };
    return holder;
  }

  const BELOW = 64; // pixels that stay free for the scale

  /** How many pixels high a panel at the left side may be: down to the scale, or to the years. */
  function room(map, panel) {
    const years = map.getContainer().querySelector(".izsa-time:not([hidden])");
    return map.getSize().y - panel.offsetTop - (years ? map.getSize().y - years.offsetTop + 10 : BELOW);
  }

  /** Add zoom and home buttons, scale and credit line. */
  function add(map, texts, home) {
    const buttons = document.createElement("div");
    buttons.className = "izsa-buttons";
    const zoomIn = button("plus", texts.zoomIn, () => map.zoomIn(1));
    const zoomOut = button("minus", texts.zoomOut, () => map.zoomOut(1));
    buttons.append(zoomIn, zoomOut, button("home", texts.home, home));
    control("topright", buttons).addTo(map);
    const limits = () => {
      zoomIn.setAttribute("aria-disabled", String(map.getZoom() >= map.getMaxZoom()));
      zoomOut.setAttribute("aria-disabled", String(map.getZoom() <= map.getMinZoom()));
    };
    map.on("zoomend", limits);
    const credit = document.createElement("div");
    credit.className = "izsa-credit";
    /** Whose work is shown: ours, and what else is. */
    const setCredit = (more) => { credit.textContent = [texts.credit, more].filter(Boolean).join(" · "); };
    setCredit("");
    control("bottomright", credit).addTo(map);
    L.control.scale({ position: "bottomleft", imperial: false, maxWidth: 120 }).addTo(map);
    map.getContainer().setAttribute("aria-label", texts.keyboardHelp);
    return Object.freeze({ setCredit });
  }

  return Object.freeze({ add, control, icon, room });
})();
