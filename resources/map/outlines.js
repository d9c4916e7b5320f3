"use strict";
/* Outlines of areas: projected once into Mercator units (the world is 1 wide), traced for each zoom into paths. */

const Outlines = (() => {
  const AROUND = 12; // pixels round what is seen: more than half of the widest line
  const NEAR = 0.6; // pixels

  /** Longitudes and latitudes in Mercator units, x and y one after the other. */
  function mercator(ring) {
    const units = new Float64Array(ring.length * 2);
    for (let i = 0; i < ring.length; i += 1) {
      const point = ring[i];
      const sine = Math.sin((point[1] * Math.PI) / 180);
      units[2 * i] = point[0] / 360 + 0.5;
      units[2 * i + 1] = 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI;
    }
    return units;
  }

  /** The rings of polygon features in Mercator units. */
  function rings(features) {
    const made = [];
    for (const { geometry } of features) {
      if (geometry.type === "Point") continue;
      const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
      for (const ring of polygons.flat()) made.push(mercator(ring));
    }
    return made;
  }

  /** On which sides of a box a point lies beyond, as bits. */
  const beyond = (x, y, { min, max }) => (x < min.x ? 1 : x > max.x ? 2 : 0) | (y < min.y ? 4 : y > max.y ? 8 : 0);

  /** The rings, or lines that are not `closed`, as one path in layer pixels, for what is seen in a box: of points that
      follow each other beyond the same side of it only the last is drawn, and none nearer than `near` to the last one. */
  function trace(outlines, scale, origin, box, { closed = true, near = NEAR } = {}) {
    const path = new Path2D();
    const seen = { min: box.min.subtract([AROUND, AROUND]), max: box.max.add([AROUND, AROUND]) };
    for (const units of outlines) {
      let lastX = Infinity;
      let lastY = Infinity;
      let sides = 0; // beyond which all lie since the one that was drawn last
      let held = -1; // the last of these
      for (let i = 0; i < units.length; i += 2) {
        const x = units[i] * scale - origin.x;
        const y = units[i + 1] * scale - origin.y;
        const now = beyond(x, y, seen);
        if (i === 0) {
          path.moveTo(x, y);
        } else if (sides & now) {
          sides &= now;
          held = i;
          continue;
        } else if (held >= 0) {
          i = held - 2; // draw it, and look at this one again
          held = -1;
          sides = 0;
          continue;
        } else if (Math.abs(x - lastX) + Math.abs(y - lastY) < near) {
          continue;
        } else {
          path.lineTo(x, y);
        }
        lastX = x;
        lastY = y;
        sides = now;
      }
      if (held >= 0) path.lineTo(units[held] * scale - origin.x, units[held + 1] * scale - origin.y);
      if (closed) path.closePath();
    }
    return path;
  }

  return Object.freeze({ mercator, rings, trace });
})();
