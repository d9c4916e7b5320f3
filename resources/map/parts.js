"use strict";
/* What several parts of the page are made of: an element with its text, an icon, a button with an icon. */

const Parts = (() => {
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
    point: "M9 16C6 12.5 4 10 4 7.2a5 5 0 0 1 10 0C14 10 12 12.5 9 16zM9 9a1.8 1.8 0 1 0 0-3.6a1.8 1.8 0 0 0 0 3.6",
    line: "M3 14.5l4.5-6l4 3L15 4M3 14.5h.01M7.5 8.5h.01M11.5 11.5h.01M15 4h.01",
    area: "M4 5l8-1.5l3 6.5l-5 5l-6.5-3z",
    undo: "M6.5 4L3 7.5L6.5 11M3 7.5h7.5a4 4 0 0 1 0 8H7",
    remove: "M3.5 5h11M7 5V3.2h4V5M5 5l.7 9.8h6.6L13 5M7.6 8v4M10.4 8v4",
    done: "M3.5 9.5l3.5 3.5l7.5-8",
  };

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function svg(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function icon(name) {
    const made = svg("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" });
    made.append(svg("path", { d: ICONS[name] }));
    return made;
  }

  /** A button with an icon, and with `label` beside it; `title` says what it does. */
  function button(name, title, action, label = "") {
    const made = element("button");
    made.type = "button";
    made.title = title;
    made.setAttribute("aria-label", title);
    made.append(icon(name));
    if (label) made.append(label);
    made.addEventListener("click", action);
    return made;
  }

  return Object.freeze({ element, svg, icon, button });
})();
