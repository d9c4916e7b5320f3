"use strict";
/* The projects in supercluster's index: what to draw in a view, what a cluster holds. Projects whose value is hidden are
   counted but not in the index. */

const Clusters = (() => {
  const RADIUS = 48; // pixels of a map of 256-pixel tiles

  function addMix(sum, mix) {
    for (const slot in mix) sum[slot] = (sum[slot] || 0) + mix[slot];
  }

  const isSlot = (key) => /^\d+$/.test(key); // beside them a cluster has supercluster's own properties

  /** Index GeoJSON points by their values in a scheme, without those whose code is `hidden`. Clusters form up to
      `maxZoom`, the map's deepest zoom. What is not `seen` is neither counted nor in the index. */
  function index(features, scheme, hidden, maxZoom, seen = () => true) {
    const { name, values, slotOf } = scheme;
    const hides = values.map(({ code }) => hidden.has(code));
    const mixes = values.map((_value, slot) => ({ [slot]: 1 }));
    const counts = values.map(() => 0);
    const shown = [];
    const points = [];
    for (const feature of features) {
      if (!seen(feature)) continue;
      const slot = slotOf(feature.properties[name]);
      counts[slot] += 1;
      if (hides[slot]) continue;
      points.push({ id: shown.length, properties: mixes[slot], geometry: feature.geometry });
      shown.push(feature);
    }
    const tree = new Supercluster({
      radius: RADIUS,
      extent: 256,
      maxZoom,
      map: (mix) => mix, // supercluster copies what it adds to when it is the point's own
      reduce: addMix,
    });
    tree.load(points);

    const mixOf = (properties) => Object.keys(properties).filter(isSlot).map((slot) => [values[slot], properties[slot]]);

    /** A point of the index as the feature that it stands for. */
    const known = (point) => (point.properties.cluster ? point : shown[point.id]);

    const item = (feature) => {
      const { properties: p, geometry } = feature;
      const [lon, lat] = geometry.coordinates;
      if (p.cluster) return { count: p.point_count, lat, lon, cluster: p.cluster_id, mix: mixOf(p) };
      const value = values[slotOf(p[name])];
      const shape = Shapes.of(feature);
      return { count: 1, lat, lon, id: feature.id, value, approximate: p.approximate, shared: p.shared, properties: p, shape };
    };

    return Object.freeze({
      /** How many projects are shown. */
      size: shown.length,
      scheme,
      /** How many projects have each of the scheme's values, hidden or not. */
      counts,
      /** Whether projects of other bodies are among them. */
      shared: shown.some(({ properties }) => properties.shared),
      /** Whether some stand for an area. */
      approximate: shown.some(({ properties }) => properties.approximate),
      /** The lines and areas among them, as items. */
      shapes: shown.filter(({ shape }) => shape).map(item),
      /** Items to draw in [west, south, east, north] at a zoom. */
      within: (box, zoom) => tree.getClusters(box, Math.round(zoom)).map(known).map(item),
      /** One project as an item, also while a cluster or the legend hides it; null when it is not on the map. */
      find(id) {
        const found = features.find((feature) => feature.id === id);
        return found ? item(found) : null;
      },
      /** The zoom at which a cluster falls apart, or null when its projects stand on one spot. */
      splitsAt(cluster) {
        const zoom = tree.getClusterExpansionZoom(cluster);
        return zoom > maxZoom ? null : zoom;
      },
      /** Whether a cluster is made of this project and others. */
      holds: (cluster, id) => tree.getLeaves(cluster, Infinity).map(known).some((feature) => feature.id === id),
      leaves: (cluster, limit) => tree.getLeaves(cluster, limit).map(known).map(item),
    });
  }

  return Object.freeze({ index });
})();
