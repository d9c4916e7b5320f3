"use strict";
/* The projects in supercluster's index: what to draw in a view, what a cluster holds. */

const Clusters = (() => {
  const RADIUS = 48; // pixels of a map of 256-pixel tiles
  const PREFIX = "goal:";
  const mixOfOne = (properties) => ({ [PREFIX + properties.goal]: 1 }); // a new one each time: sums grow in it

  function addMix(sum, mix) {
    for (const key in mix) sum[key] = (sum[key] || 0) + mix[key];
  }

  function mixOf(properties) {
    const mix = {};
    for (const key in properties) if (key.startsWith(PREFIX)) mix[key.slice(PREFIX.length)] = properties[key];
    return mix;
  }

  /** Index a GeoJSON FeatureCollection of points. Clusters form up to `maxZoom`, the map's deepest zoom. */
  function index({ features }, maxZoom) {
    const tree = new Supercluster({ radius: RADIUS, extent: 256, maxZoom, map: mixOfOne, reduce: addMix });
    tree.load(features);
    const byId = new Map(features.map((feature) => [feature.id, feature]));

    const item = (feature) => {
      const { properties: p, geometry } = feature;
      const [lon, lat] = geometry.coordinates;
      if (!p.cluster) return { count: 1, lat, lon, id: feature.id, color: p.color, approximate: p.approximate, properties: p };
      return { count: p.point_count, lat, lon, cluster: p.cluster_id, mix: mixOf(p) };
    };

    return Object.freeze({
      size: features.length,
      /** Items to draw in [west, south, east, north] at a zoom. */
      within: (box, zoom) => tree.getClusters(box, Math.round(zoom)).map(item),
      /** One project as an item, also while a cluster hides it; null when it is not on the map. */
      find: (id) => (byId.has(id) ? item(byId.get(id)) : null),
      /** The zoom at which a cluster falls apart, or null when its projects stand on one spot. */
      splitsAt(cluster) {
        const zoom = tree.getClusterExpansionZoom(cluster);
        return zoom > maxZoom ? null : zoom;
      },
      /** Whether a cluster is made of this project and others. */
      holds: (cluster, id) => tree.getLeaves(cluster, Infinity).some((feature) => feature.id === id),
      leaves: (cluster, limit) => tree.getLeaves(cluster, limit).map(item),
    });
  }

  return Object.freeze({ index });
})();
