"use strict";
/* supercluster's index of points, grown in one place and used in another: what is grown is plain arrays, which a worker
   hands over without copying them. Of each cluster it is known at once which points it holds, and how many of each kind:
   the points stand in an order in which those of a cluster are neighbours, and sums over that order are kept. */

const Trees = (() => {
  const ID = 3; // what supercluster keeps of a point or a cluster, six numbers each: x, y, zoom, id, parent, count
  const PARENT = 4;
  const COUNT = 5;
  const STRIDE = 6;
  const WORLD = 2 ** 30; // its units round the earth, from the middle

  const options = (maxZoom) => ({ radius: 48, extent: 256, maxZoom }); // pixels of a map of 256-pixel tiles

  /** Where points are in the square of Web Mercator, x and y from 0 to 1, one after the other. */
  function project(lon, lat) {
    const coords = new Float64Array(2 * lon.length);
    for (let n = 0; n < lon.length; n += 1) {
      const sine = Math.sin((lat[n] * Math.PI) / 180);
      coords[2 * n] = lon[n] / 360 + 0.5;
      coords[2 * n + 1] = Math.min(1, Math.max(0, 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI));
    }
    return coords;
  }

  /** Where a cluster's number points to: the zoom from which it came and its place there (supercluster encodes both). */
  const origin = (cluster, count) => [(cluster - count) & 31, (cluster - count) >> 5];

  /** supercluster's levels of these points: what its `load` does, from columns in place of objects. */
  function load(coords, maxZoom) {
    const tree = new Supercluster(options(maxZoom));
    let count = coords.length / 2;
    tree.numPoints = count;
    let data = new Int32Array(count * STRIDE);
    for (let n = 0, k = 0; n < count; n += 1, k += STRIDE) {
      data[k] = (coords[2 * n] - 0.5) * WORLD;
      data[k + 1] = (coords[2 * n + 1] - 0.5) * WORLD;
      data[k + 2] = maxZoom + 1;
      data[k + ID] = n;
      data[k + PARENT] = -1;
      data[k + COUNT] = 1;
    }
    tree.trees[maxZoom + 1] = tree._createTree(data, count);
    for (let zoom = maxZoom; zoom >= 0; zoom -= 1) {
      const next = new Int32Array(count * STRIDE);
      const made = tree._cluster(data, count, zoom, next);
      if (made === count) {
        tree.trees[zoom] = tree.trees[zoom + 1];
      } else {
        [data, count] = [next, made];
        tree.trees[zoom] = tree._createTree(data, count);
      }
    }
    return tree.trees;
  }

  /** Put the points in order, from the widest clusters down to their parts. */
  function arrange(levels, count) {
    const order = new Uint32Array(count);
    const place = new Uint32Array(count); // of each point in the order
    const [begins, sizes, free] = [0, 1, 2].map(() => levels.map(({ numItems }) => new Int32Array(numItems)));
    let end = 0; // `free` has where the next part of a cluster begins
    levels.forEach(({ data, numItems }, zoom) => {
      if (zoom > 0 && data === levels[zoom - 1].data) return; // nothing came together between them
      for (let k = 0; k < numItems * STRIDE; k += STRIDE) {
        const parent = data[k + PARENT];
        if (zoom > 0 && parent < 0) continue; // it stood on the level above
        const size = data[k + COUNT];
        let begin = end;
        if (zoom === 0) end += size;
        else {
          const [from, at] = origin(parent, count);
          begin = free[from][at];
          free[from][at] += size;
        }
        if (size > 1) {
          const [from, at] = origin(data[k + ID], count);
          begins[from][at] = begin;
          free[from][at] = begin;
          sizes[from][at] = size;
        } else {
          order[begin] = data[k + ID];
          place[data[k + ID]] = begin;
        }
      }
    });
    return { order, place, begins, sizes };
  }

  /** How many points of each kind stand before each place of the order. */
  function sum(order, kind, kinds) {
    const sums = new Uint32Array((order.length + 1) * kinds);
    for (let n = 0, k = 0; n < order.length; n += 1, k += kinds) {
      sums.copyWithin(k + kinds, k, k + kinds);
      sums[k + kinds + kind[order[n]]] += 1;
    }
    return sums;
  }

  /** Index points; `kind` has a number below `kinds` for each. */
  function grow({ lon, lat, kind, kinds, maxZoom }) {
    const coords = project(lon, lat);
    const levels = load(coords, maxZoom).map(({ ids, coords: places, numItems, data }) => ({ ids, coords: places, numItems, data }));
    const arranged = arrange(levels, lon.length);
    return { levels, coords, ...arranged, sums: sum(arranged.order, kind, kinds), kinds, maxZoom };
  }

  /** The arrays of what was grown, for a worker to hand over. */
  const parts = ({ levels, coords, order, place, begins, sizes, sums }) => [...new Set([
    ...levels.flatMap((level) => [level.ids.buffer, level.coords.buffer, level.data.buffer]),
    ...[coords, order, place, sums, ...begins, ...sizes].map(({ buffer }) => buffer),
  ])];

  /** Questions to what was grown. A point is told by its number. */
  function use({ levels, coords, order, place, begins, sizes, sums, kinds, maxZoom }) {
    const count = order.length;
    const tree = new Supercluster(options(maxZoom));
    const empty = tree._createTree(new Int32Array(0), 0);
    tree.trees = levels.map((level) => Object.assign(Object.create(Object.getPrototypeOf(empty)), empty, level));
    Object.assign(tree, { numPoints: count, coords, props: [], ids: place.map((_place, n) => n) });

    function range(cluster) {
      const [from, at] = origin(cluster, count);
      const begin = begins[from][at];
      return [begin, begin + sizes[from][at]];
    }

    return Object.freeze({
      /** Features of points and clusters in [west, south, east, north] at a whole zoom; a point's `id` is its number,
          only a cluster has `properties`. */
      within: (box, zoom) => tree.getClusters(box, zoom),
      /** How many points of each kind a cluster holds. */
      mix(cluster) {
        const [begin, end] = range(cluster);
        return Array.from({ length: kinds }, (_none, kind) => sums[end * kinds + kind] - sums[begin * kinds + kind]);
      },
      /** The first points of a cluster. */
      leaves(cluster, limit) {
        const [begin, end] = range(cluster);
        return Array.from(order.subarray(begin, Math.min(end, begin + limit)));
      },
      holds(cluster, point) {
        const [begin, end] = range(cluster);
        return place[point] >= begin && place[point] < end;
      },
      /** The zoom at which a cluster falls apart, or null when its points stand on one spot. */
      splitsAt(cluster) {
        const zoom = tree.getClusterExpansionZoom(cluster);
        return zoom > maxZoom ? null : zoom;
      },
    });
  }

  return Object.freeze({ grow, parts, use });
})();
