"use strict";
/* Features out of the columns in which they come (maps/columns.py). */

const Columns = (() => {
  const plain = ({ each, values, of }) => each ?? of.map((n) => values[n]);

  /** The names are written out: objects that are made by one expression are made much faster. */
  function unpack({ ids, at, properties, shapes }) {
    if (ids.length === 0) return [];
    const [title, goal, status, district, dimension, freshness, review, goals, approximate, shared, first, last] = [
      properties.title, properties.goal, properties.status, properties.district, properties.dimension, properties.freshness,
      properties.review, properties.goals, properties.approximate, properties.shared, properties.first, properties.last,
    ].map(plain);
    return ids.map((id, n) => ({
      type: "Feature",
      id,
      properties: {
        title: title[n],
        goal: goal[n],
        status: status[n],
        district: district[n],
        dimension: dimension[n],
        freshness: freshness[n],
        review: review[n],
        goals: goals[n],
        approximate: approximate[n],
        shared: shared[n],
        first: first[n],
        last: last[n],
      },
      geometry: { type: "Point", coordinates: [at[2 * n], at[2 * n + 1]] },
      shape: shapes[n] ?? null,
    }));
  }

  /** The GeoJSON features of all blocks, in their order; `shape` is the geometry of a line or an area, or null. */
  const features = ({ blocks }) => blocks.flatMap(unpack);

  return Object.freeze({ features });
})();
