"use strict";
/* A colour or a pattern for each district, between the base and the projects. Which district has which look is said by
   the program; here it is only drawn. */

const Choropleth = (() => {
  const TILE = 8; // pixels of a pattern
  const COLOURS = 5;

  /** The name of the colour of the n-th of so many classes: few classes are as far from each other as many. */
  function shade(n, classes) {
    const step = classes < 2 ? 3 : Math.round((n * (COLOURS - 1)) / (classes - 1));
    return `class-${step + 1}`;
  }

  /** How a class looks: {fill, sign, pattern} where pattern is "", "hatch" or "dots". */
  function look(mode, found, classes) {
    if (found === -2) return { fill: "class-none", pattern: "hatch", ink: "class-none-ink" };
    if (found === -1) return { fill: "land", pattern: "", ink: "" };
    if (mode === "missing") {
      return [
        { fill: "missing-has", pattern: "", ink: "" },
        { fill: "missing-other", pattern: "dots", ink: "missing-other-ink" },
        { fill: "missing-none", pattern: "cross", ink: "missing-none-ink" },
      ][found];
    }
    return { fill: shade(found, classes), pattern: "", ink: "" };
  }

  /** The colour of a class on which names need the other ink; undefined for one on which they do not. */
  function strong(mode, found, classes) {
    const { fill } = look(mode, found, classes);
    return fill === "class-4" || fill === "class-5" ? fill : undefined;
  }

  function tile({ fill, pattern, ink }, ratio) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = TILE * ratio;
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    context.fillStyle = Theme.color(fill);
    context.fillRect(0, 0, TILE, TILE);
    context.strokeStyle = context.fillStyle = Theme.color(ink);
    context.lineWidth = 1;
    context.beginPath();
    if (pattern === "dots") {
      context.arc(TILE / 2, TILE / 2, 1.3, 0, 2 * Math.PI);
      context.fill();
    } else {
      for (const at of [-TILE, 0, TILE]) {
        context.moveTo(at, TILE);
        context.lineTo(at + TILE, 0);
        if (pattern === "cross") {
          context.moveTo(at, 0);
          context.lineTo(at + TILE, TILE);
        }
      }
      context.stroke();
    }
    return canvas;
  }

  /** What a look is painted with on a canvas whose pixels are `ratio` to one of the page. */
  function paintOf(context, found, ratio) {
    if (!found.pattern) return Theme.color(found.fill);
    const made = context.createPattern(tile(found, ratio), "repeat");
    made.setTransform(new DOMMatrix().scale(1 / ratio));
    return made;
  }

  const Layer = Sheet.extend({
    initialize({ districts }) {
      Sheet.prototype.initialize.call(this, { pane: "izsa-theme" });
      this._areas = districts.features.map((feature) => ({ code: feature.id, rings: Outlines.rings([feature]) }));
      this._shown = null;
      this._over = "";
    },

    /** Draw districts by their class: {mode, classes, of: Map of code to class}; null draws nothing. */
    show(shown) {
      this._shown = shown;
      this.redraw();
    },

    setOver(code) {
      if (code === this._over) return;
      this._over = code;
      this.repaint();
    },

    /** The code of the district under a point of the container, "" for none. */
    hit(containerPoint) {
      if (!this._shown || !this._paths) return "";
      const { x, y } = this._map.containerPointToLayerPoint(containerPoint);
      this.context.setTransform(1, 0, 0, 1, 0, 0);
      return this._areas.find((_area, n) => this.context.isPointInPath(this._paths[n], x, y))?.code ?? "";
    },

    blank() { return !this._shown; },

    prepare() {
      if (!this._shown) return;
      const scale = 256 * 2 ** this._map.getZoom();
      const origin = this._map.getPixelOrigin();
      this._paths = this._areas.map(({ rings }) => Outlines.trace(rings, scale, origin, this._bounds));
    },

    paint(context) {
      const { mode, classes, of } = this._shown;
      const ratio = window.devicePixelRatio || 1;
      const paints = new Map();
      context.lineJoin = "round";
      this._areas.forEach(({ code }, n) => {
        const found = of.get(code) ?? -2;
        if (!paints.has(found)) paints.set(found, paintOf(context, look(mode, found, classes), ratio));
        context.fillStyle = paints.get(found);
        context.fill(this._paths[n]);
      });
      context.lineWidth = 1;
      for (const [color, bare] of [["class-line", false], ["border", true]]) {
        context.strokeStyle = Theme.color(color);
        this._areas.forEach(({ code }, n) => {
          if ((of.get(code) === -1) === bare) context.stroke(this._paths[n]);
        });
      }
      const over = this._areas.findIndex(({ code }) => code === this._over);
      if (over < 0) return;
      context.strokeStyle = Theme.color("label");
      context.lineWidth = 2.5;
      context.stroke(this._paths[over]);
    },
  });

  /** A class as a small picture for the legend. */
  function swatch(mode, found, classes) {
    const made = document.createElement("canvas");
    const ratio = Math.max(2, window.devicePixelRatio || 1);
    made.className = "izsa-class";
    made.width = 22 * ratio;
    made.height = 14 * ratio;
    made.setAttribute("aria-hidden", "true");
    const context = made.getContext("2d");
    context.scale(ratio, ratio);
    context.fillStyle = paintOf(context, look(mode, found, classes), ratio);
    context.fillRect(0, 0, 22, 14);
    return made;
  }

  return Object.freeze({ Layer, strong, swatch });
})();
