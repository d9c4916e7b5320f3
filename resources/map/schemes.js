"use strict";
/* What the projects are coloured by, as the program's table says (maps/colouring.py). A value is
   {code, name, colors: [on light ground, on dark ground], sign, number?}; the last two values of a scheme are grey: one
   for all codes that this version does not know, one for projects that say nothing. */

const Schemes = (() => {
  const OTHER = "?";
  const DARK_INK = "#161616";
  const all = new Map();
  const signs = new Map();

  function scheme({ name, label, values }) {
    const slots = new Map(values.map(({ code }, slot) => [code, slot]));
    const other = slots.get(OTHER);
    return Object.freeze({
      name,
      label,
      values,
      /** The place of a code's value in `values`. */
      slotOf: (code) => slots.get(code) ?? other,
      knows: (code) => slots.has(code),
    });
  }

  /** `table`: the schemes in the order in which they are offered; `paths`: {sign: SVG path}. */
  function use(table, paths) {
    for (const row of table) all.set(row.name, scheme(row));
    for (const [sign, path] of Object.entries(paths)) signs.set(sign, { path, drawn: new Path2D(path) });
  }

  /** A scheme by its name; the first one for a name that is not offered. */
  const get = (name) => all.get(name) ?? all.values().next().value;

  /** The value of a code, and what a person reads for it: a code that this version does not know is shown as it is. */
  function read(name, code) {
    const found = get(name);
    const value = found.values[found.slotOf(code)];
    return { value, text: found.knows(code) ? value.name : code };
  }

  const color = ({ colors }) => colors[Theme.name === "dark" ? 1 : 0];

  const light = (hex) => [0, 1, 2].reduce((sum, n) => {
    const part = parseInt(hex.slice(1 + 2 * n, 3 + 2 * n), 16) / 255;
    return sum + [0.2126, 0.7152, 0.0722][n] * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);

  const inks = new Map();

  /** White or nearly black, whichever stands out more from a colour #rrggbb. */
  function inkOn(hex) {
    if (!inks.has(hex)) inks.set(hex, light(hex) > 0.19 ? DARK_INK : "#ffffff");
    return inks.get(hex);
  }

  /** A sign as a path for the canvas, null for none. */
  const pathOf = ({ sign }) => (sign ? signs.get(sign).drawn : null);

  /** A value as a small picture for the legend and the card: a goal's number, else a disc with its sign. */
  function swatch(value) {
    const fill = color(value);
    if (value.number) {
      const chip = document.createElement("span");
      chip.className = "izsa-chip";
      chip.textContent = value.number;
      chip.style.background = fill;
      chip.style.color = inkOn(fill);
      return chip;
    }
    const svg = Parts.svg("svg", { class: "izsa-swatch", viewBox: "-7.5 -7.5 15 15", "aria-hidden": "true" });
    svg.append(Parts.svg("circle", { r: 7, fill }));
    const { sign } = value;
    if (sign) svg.append(Parts.svg("path", { d: signs.get(sign).path }));
    return svg;
  }

  return Object.freeze({ use, get, read, color, inkOn, pathOf, swatch, names: () => [...all.keys()] });
})();
