"use strict";
/* Buttons, scale and credit. */

const Controls = (() => {
  const { button } = Parts;

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

  return Object.freeze({ add, control, room });
})();
