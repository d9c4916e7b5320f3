"use strict";
/* Settlements and neighbourhoods catch what is set near them, from so near that they are told apart. */

const Snapping = (() => {
  const FROM = 11; // the zoom from which a click says more than a settlement's name
  const NEAR = 11; // pixels

  /** `places` are GeoJSON points with `label`; `text` has {name}. */
  function attach(map, places, text) {
    const spots = places.map(({ properties, geometry }) => {
      const [lng, lat] = geometry.coordinates;
      return { lat, lng, name: properties.label };
    });
    const ring = document.createElement("div");
    ring.className = "izsa-snap";
    ring.hidden = true;
    ring.setAttribute("aria-hidden", "true");
    map.getContainer().append(ring);
    map.on("movestart zoomstart", clear);
    let caught = null;

    function clear() {
      caught = null;
      ring.hidden = true;
    }

    function nearest(at) {
      const point = map.latLngToContainerPoint(at);
      let least = NEAR;
      let found = null;
      for (const spot of spots) {
        if (Math.abs(spot.lat - at.lat) > 0.02 || Math.abs(spot.lng - at.lng) > 0.02) continue;
        const distance = map.latLngToContainerPoint(spot).distanceTo(point);
        if (distance < least) [least, found] = [distance, spot];
      }
      return found;
    }

    return Object.freeze({
      /** What is caught now, in words; "" for nothing. */
      get said() { return caught ? text.replace("{name}", caught.name) : ""; },
      clear,
      /** The place that catches `at`, or `at` itself; with `free` nothing is caught. The ring shows it. */
      catch(at, free) {
        caught = free || map.getZoom() < FROM ? null : nearest(at);
        ring.hidden = caught === null;
        if (!caught) return at;
        const { x, y } = map.latLngToContainerPoint(caught);
        ring.style.left = `${x}px`;
        ring.style.top = `${y}px`;
        return L.latLng(caught.lat, caught.lng);
      },
    });
  }

  return Object.freeze({ attach });
})();
