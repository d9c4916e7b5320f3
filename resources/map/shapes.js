"use strict";
/* Projects along a line or on an area. Each is projected once into Mercator units and traced when it comes into view;
   what would be smaller than its mark is left to the mark. */

const Shapes = (() => {
  const SMALLEST = 8; // pixels
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

  /** The items to draw within `bounds` (layer pixels), the largest first. `scale` and `origin` are of the map's zoom. */
  function visible(items, bounds, scale, origin) {
    const found = [];
    for (const item of items) {
      const [left, top, right, bottom] = item.shape.box;
      const box = [left * scale - origin.x, top * scale - origin.y, right * scale - origin.x, bottom * scale - origin.y];
      const size = Math.max(box[2] - box[0], box[3] - box[1]);
      if (size < SMALLEST || box[2] < bounds.min.x || box[0] > bounds.max.x || box[3] < bounds.min.y || box[1] > bounds.max.y) continue;
      const path = Outlines.trace(item.shape.outlines, scale, origin, bounds, item.shape.area);
      found.push({ ...item, box, size, path, r: REACH });
    }
    return found.sort((a, b) => b.size - a.size);
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

  return Object.freeze({ of, visible, hit, draw });
})();
