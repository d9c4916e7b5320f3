"use strict";
/* Projects along a line or on an area, under the names and the marks. Each is projected once into Mercator units and
   traced when it comes into view; what would be smaller than its mark, or is among too many, is left to the mark. */

const Shapes = (() => {
  const SMALLEST = 8; // pixels
  const MOST = 200; // in a view: more of them are a jumble that takes long to paint
  const REACH = 6; // pixels: so near to a line the pointer means it
  const HATCH = 7; // pixels between the strokes on paper, where colours may be grey
  const prepared = new WeakMap(); // by feature: it lives longer than an index

  /** A feature's shape in Mercator units with its box [west, north, east, south], null for a point. */
  function of(feature) {
    if (!feature.shape) return null;
    if (!prepared.has(feature)) prepared.set(feature, prepare(feature.shape));
    return prepared.get(feature);
  }

  function prepare({ type, coordinates }) {
    const area = type === "Polygon";
    const outlines = (area ? coordinates : [coordinates]).map(Outlines.mercator);
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < outlines[0].length; i += 2) {
      const [x, y] = [outlines[0][i], outlines[0][i + 1]];
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
    return Object.freeze({ area, outlines, box });
  }

  /** The items to draw within `bounds` (layer pixels), the largest first; the one with the id `always` is among them
      wherever it is to be seen at all. `scale` and `origin` are of the map's zoom. */
  function visible(items, bounds, scale, origin, always) {
    const found = [];
    for (const item of items) {
      const [left, top, right, bottom] = item.shape.box;
      const size = Math.max(right - left, bottom - top) * scale;
      if (size < SMALLEST) continue;
      const box = [left * scale - origin.x, top * scale - origin.y, right * scale - origin.x, bottom * scale - origin.y];
      if (box[2] < bounds.min.x || box[0] > bounds.max.x || box[3] < bounds.min.y || box[1] > bounds.max.y) continue;
      found.push({ item, box, size });
    }
    found.sort((a, b) => b.size - a.size);
    return found.filter(({ item }, n) => n < MOST || item.id === always).map(({ item, box, size }) => {
      const path = Outlines.trace(item.shape.outlines, scale, origin, bounds, { closed: item.shape.area });
      return { ...item, box, size, path, r: REACH };
    });
  }

  /** The smallest of the visible items under a point in layer pixels, null for none; its `x` and `y` are the point. */
  function hit(context, items, { x, y }) {
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.lineWidth = 2 * REACH;
    const found = items.findLast(({ box, path, shape }) => {
      if (x < box[0] - REACH || x > box[2] + REACH || y < box[1] - REACH || y > box[3] + REACH) return false;
      return context.isPointInStroke(path, x, y) || (shape.area && context.isPointInPath(path, x, y, "evenodd"));
    });
    context.restore();
    return found ? Object.assign(found, { x, y }) : null;
  }

  function line(context, path, color, width) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.stroke(path);
  }

  function hatch(context, { path, box }, color) {
    context.save();
    context.clip(path, "evenodd");
    context.beginPath();
    const height = box[3] - box[1];
    for (let x = Math.floor(box[0] / HATCH) * HATCH - height; x < box[2]; x += HATCH) {
      context.moveTo(x, box[3]);
      context.lineTo(x + height, box[1]);
    }
    context.strokeStyle = color;
    context.lineWidth = 1;
    context.stroke();
    context.restore();
  }

  /** Draw one item; `emphasis` is "selected", "hovered" or "". */
  function draw(context, item, emphasis) {
    const { path, value, shape } = item;
    const color = Schemes.color(value);
    const width = shape.area ? 2.2 : 4;
    context.lineJoin = context.lineCap = "round";
    if (shape.area) {
      context.globalAlpha = emphasis ? 0.36 : 0.24;
      context.fillStyle = color;
      context.fill(path, "evenodd");
      context.globalAlpha = 1;
      if (Theme.name === "print") hatch(context, item, color);
    }
    if (emphasis) line(context, path, Theme.color("accent"), width + (emphasis === "selected" ? 7 : 5));
    line(context, path, Theme.color("mark-line"), width + 2.6);
    line(context, path, color, width);
    context.lineCap = "butt";
  }

  const Layer = Sheet.extend({
    initialize() {
      Sheet.prototype.initialize.call(this, { pane: "izsa-shapes", padding: 0.15 });
      this._items = [];
      this._selected = "";
      this._hovered = "";
      this.shown = []; // what is drawn: {id, box, path, …} in layer pixels
    },

    /** Draw these items; `selected` is the id of one of them, "" for none. */
    show(items, selected) {
      this._items = items;
      this._selected = selected;
      this._hovered = "";
      this.redraw();
    },

    setHovered(id) {
      if (id === this._hovered) return;
      this._hovered = id;
      this.repaint();
    },

    blank() { return this.shown.length === 0; },

    prepare() {
      const scale = 256 * 2 ** this._map.getZoom();
      this.shown = visible(this._items, this._bounds, scale, this._map.getPixelOrigin(), this._selected);
    },

    paint(context) {
      for (const one of this.shown) draw(context, one, this._emphasis(one));
    },

    _emphasis({ id }) {
      if (id === this._selected) return "selected";
      return id === this._hovered ? "hovered" : "";
    },

    /** The smallest under a point in layer pixels, null for none. */
    hit(point) { return hit(this.context, this.shown, point); },
  });

  return Object.freeze({ of, draw, Layer });
})();
