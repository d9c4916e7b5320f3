"use strict";
/* Features out of the columns in which they come (maps/columns.py). */

const Columns = (() => {
  function read({ each, values, of }) {
    return each ? (n) => each[n] : (n) => values[of[n]];
  }

  function unpack({ ids, at, properties, shapes }) {
    const columns = Object.entries(properties).map(([name, column]) => [name, read(column)]);
    return ids.map((id, n) => {
      const made = {};
      for (const [name, value] of columns) made[name] = value(n);
      const geometry = { type: "Point", coordinates: [at[2 * n], at[2 * n + 1]] };
      return { type: "Feature", id, properties: made, geometry, shape: shapes[n] ?? null };
    });
  }

  /** The GeoJSON features of all blocks, in their order; `shape` is the geometry of a line or an area, or null. */
  const features = ({ blocks }) => blocks.flatMap(unpack);

  return Object.freeze({ features });
})();
