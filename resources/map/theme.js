"use strict";
/* Colours for the canvas, read from the style sheet: map.css alone says what a theme looks like. */

const Theme = (() => {
  const NAMES = [
    "sea", "shallow", "neighbour", "neighbour-line", "land", "border", "coast", "label", "label-soft", "label-sea",
    "halo", "halo-sea", "town", "mark-line", "mark-shadow", "mark-face", "mark-hollow",
    "mark-text", "mark-sign", "accent",
    "class-1", "class-2", "class-3", "class-4", "class-5", "class-line", "class-ink", "class-none", "class-none-ink",
    "missing-has", "missing-other", "missing-other-ink", "missing-none", "missing-none-ink",
    "link", "link-edge", "link-text",
  ];
  const FONT = '"Inter", sans-serif';
  let palette = null; // read when it is first asked for: the style sheet may come after the scripts

  function read() {
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  }

  /** Switch to "light", "dark" or "print". The caller redraws. */
  function set(name) {
    document.documentElement.dataset.theme = name;
    palette = read();
  }

  /** Resolves when the fonts that the canvas writes with are there. */
  function fontsReady() {
    return Promise.all(["400", "500", "600", "700"].map((weight) => document.fonts.load(`${weight} 12px "Inter"`, "ğ")));
  }

  return Object.freeze({
    FONT,
    set,
    fontsReady,
    color: (name) => (palette ??= read())[name],
    get name() { return document.documentElement.dataset.theme; },
  });
})();
