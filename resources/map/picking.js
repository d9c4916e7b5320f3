"use strict";
/* Choosing a project's place: a click sets the pin, the pin can be dragged; each choice is told to the host. */

const Picking = (() => {
  function pinIcon() {
    const holder = document.createElement("div");
    const svg = Parts.svg("svg", { viewBox: "0 0 30 40" });
    svg.append(
      Parts.svg("path", { class: "body", d: "M15 39C11 32 2 25 2 15a13 13 0 0 1 26 0c0 10-9 17-13 24z" }),
      Parts.svg("circle", { class: "eye", cx: "15", cy: "15", r: "5" }),
    );
    holder.append(svg);
    return L.divIcon({ html: holder, className: "izsa-pin", iconSize: [30, 40], iconAnchor: [15, 40] });
  }

  /** `chosen(lat, lon)` is called with degrees, six decimals (about 0.1 m); `moved(latlng, free)` may move a place. */
  function attach(map, texts, chosen, moved) {
    const container = map.getContainer();
    let on = false;
    let pin = null;

    const round = (degrees) => Math.round(degrees * 1e6) / 1e6;

    function put(position) {
      if (!pin) {
        pin = L.marker(position, { icon: pinIcon(), draggable: true, keyboard: false, zIndexOffset: 1000 }).addTo(map);
        pin.on("drag", ({ latlng, originalEvent }) => moved(latlng, originalEvent?.altKey === true));
        pin.on("dragend", () => choose(pin.getLatLng(), false));
      }
      pin.setLatLng(position);
    }

    function choose(position, free) {
      const at = moved(position, free);
      put(at);
      chosen(round(at.lat), round(at.lng));
    }

    return Object.freeze({
      get on() { return on; },
      /** What to do next, as a name of the texts. */
      get hint() { return pin ? "pickMove" : "pickHint"; },
      /** Start choosing; `location` is [lat, lon] or []. */
      start([lat, lon]) {
        on = true;
        container.classList.add("izsa-picking");
        if (pin) pin.remove();
        pin = null;
        if (lat === undefined) return;
        put([lat, lon]);
        if (!map.getBounds().pad(-0.1).contains([lat, lon])) map.setView([lat, lon], Math.max(map.getZoom(), 12), { animate: false });
      },
      stop() {
        on = false;
        container.classList.remove("izsa-picking");
        if (pin) pin.remove();
        pin = null;
      },
      choose,
    });
  }

  return Object.freeze({ attach });
})();
