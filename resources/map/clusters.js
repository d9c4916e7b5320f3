"use strict";
/* The projects to draw: which of them are shown, what a view has of them, what a cluster holds. Projects whose value is
   hidden are counted but not drawn. */

const Clusters = (() => {
  /** Which of the columns' projects to show, and as what: their places in `shown`, in order, and `points` to grow trees
      of (trees.js). Those whose code in the scheme is `hidden` are only counted, those not `seen(n)` not even that;
      where `seen` is null all are. Plain loops: a hundred thousand projects pass here within a frame. */
  function choose(columns, scheme, hidden, maxZoom, seen = null) {
    const { values, slotOf } = scheme;
    const hides = values.map(({ code }) => hidden.has(code));
    const { values: codes, of } = columns.codes[scheme.name];
    const slots = codes.map(slotOf);
    const counts = values.map(() => 0);
    const shown = new Uint32Array(columns.count);
    const kind = new Uint8Array(columns.count);
    let count = 0;
    for (let n = 0; n < columns.count; n += 1) {
      if (seen && !seen(n)) continue;
      const slot = slots[of[n]];
      counts[slot] += 1;
      if (hides[slot]) continue;
      shown[count] = n;
      kind[count] = slot;
      count += 1;
    }
    const chosen = shown.subarray(0, count);
    const [lon, lat] = [new Float64Array(count), new Float64Array(count)];
    let [shared, approximate] = [0, 0];
    for (let place = 0; place < count; place += 1) {
      const n = chosen[place];
      lon[place] = columns.lon[n];
      lat[place] = columns.lat[n];
      shared |= columns.shared[n];
      approximate |= columns.approximate[n];
    }
    const points = { lon, lat, kind: kind.slice(0, count), kinds: values.length, maxZoom };
    return { columns, scheme, counts, shown: chosen, points, shared: shared > 0, approximate: approximate > 0 };
  }

  /** What is drawn of a choice, with what was grown of its points. */
  function index({ columns, scheme, counts, shown, shared, approximate }, grown) {
    const { values, slotOf } = scheme;
    const tree = Trees.use(grown);

    /** The place of a project among those that are shown; -1 where it is not. */
    function placeOf(n) {
      let [low, high] = [0, shown.length - 1];
      while (low <= high) {
        const middle = (low + high) >> 1;
        if (shown[middle] === n) return middle;
        if (shown[middle] < n) low = middle + 1;
        else high = middle - 1;
      }
      return -1;
    }

    function single(n) {
      const feature = columns.feature(n);
      const { properties: p, geometry } = feature;
      const [lon, lat] = geometry.coordinates;
      const shape = Shapes.of(feature);
      return { count: 1, lat, lon, id: feature.id, value: values[slotOf(p[scheme.name])], approximate: p.approximate, shared: p.shared, properties: p, shape };
    }

    function item({ id, properties, geometry }) {
      if (!properties) return single(shown[id]);
      const [lon, lat] = geometry.coordinates;
      const mix = tree.mix(id).map((number, slot) => [values[slot], number]).filter(([, number]) => number > 0);
      return { count: properties.point_count, lat, lon, cluster: id, mix };
    }

    return Object.freeze({
      /** How many projects are shown. */
      size: shown.length,
      scheme,
      /** How many projects have each of the scheme's values, hidden or not. */
      counts,
      /** Whether projects of other bodies are among them. */
      shared,
      /** Whether some stand for an area. */
      approximate,
      /** The lines and areas among them, as items. */
      shapes: columns.shaped.filter((n) => placeOf(n) >= 0).map(single),
      /** Items to draw in [west, south, east, north] at a zoom. */
      within: (box, zoom) => tree.within(box, Math.round(zoom)).map(item),
      /** One project as an item, also while a cluster or the legend hides it; null when it is not on the map. */
      find(id) {
        const found = columns.find(id);
        return found < 0 ? null : single(found);
      },
      /** The zoom at which a cluster falls apart, or null when its projects stand on one spot. */
      splitsAt: (cluster) => tree.splitsAt(cluster),
      /** Whether a cluster is made of this project and others. */
      holds(cluster, id) {
        const place = placeOf(columns.find(id));
        return place >= 0 && tree.holds(cluster, place);
      },
      leaves: (cluster, limit) => tree.leaves(cluster, limit).map((place) => single(shown[place])),
    });
  }

  return Object.freeze({ choose, index });
})();
