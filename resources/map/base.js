"use strict";
/* What lies under the projects: sea, neighbours, islands, the 30 districts. Drawn by Leaflet on one canvas. */

const Base = (() => {
  const styles = {
    shallow: () => ({ stroke: true, color: Theme.color("shallow"), weight: 9, fill: false }),
    neighbour: () => ({ color: Theme.color("neighbour-line"), weight: 1, fillColor: Theme.color("neighbour"), fillOpacity: 1 }),
    coast: () => ({ stroke: true, color: Theme.color("coast"), weight: 2.2, fill: false }),
    district: () => ({ color: Theme.color("border"), weight: 1, fillColor: Theme.color("land"), fillOpacity: 1 }),
  };

  /** Add the base to the map; gives back {restyle, districts}. */
  function add(map, { context, districts }) {
    const pane = map.createPane("izsa-base");
    pane.style.zIndex = 200;
    const renderer = L.canvas({ pane: "izsa-base", padding: 0.25 });
    const layer = (data, style) => L.geoJSON(data, {
      pane: "izsa-base", renderer, style, interactive: false, smoothFactor: 0.7, lineJoin: "round",
      filter: (feature) => feature.geometry.type !== "Point",
    }).addTo(map);
    const layers = [
      [layer(context, styles.shallow), styles.shallow],
      [layer(districts, styles.shallow), styles.shallow],
      [layer(context, styles.neighbour), styles.neighbour],
      [layer(districts, styles.coast), styles.coast],
      [layer(districts, styles.district), styles.district],
    ];
    return Object.freeze({
      restyle: () => layers.forEach(([drawn, style]) => drawn.setStyle(style())),
      districts: layers[4][0].getLayers().length,
    });
  }

  return Object.freeze({ add });
})();
