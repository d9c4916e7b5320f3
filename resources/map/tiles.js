"use strict";
/* The richer base that a person has put in place: pictures by Leaflet's own tile layer, vector tiles by
   protomaps-leaflet, which is loaded when it is first wanted. The lines of the districts are drawn again above it. */

const Tiles = (() => {
  const RENDERER = "/vendor/protomaps-leaflet/protomaps-leaflet.js";

  const Borders = Sheet.extend({
    initialize(districts) {
      Sheet.prototype.initialize.call(this, { pane: "izsa-borders" });
      this._outlines = Outlines.rings(districts.features);
    },

    paint(context) {
      const path = Outlines.trace(this._outlines, 256 * 2 ** this._map.getZoom(), this._map.getPixelOrigin(), this._bounds);
      context.lineJoin = "round";
      for (const [color, width] of [["halo", 3.5], ["label-soft", 1.2]]) {
        context.strokeStyle = Theme.color(color);
        context.lineWidth = width;
        context.stroke(path);
      }
    },
  });

  let loading = null;

  function renderer() {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = RENDERER;
      script.addEventListener("load", () => resolve(window.protomapsL));
      script.addEventListener("error", reject);
      document.head.append(script);
    });
    return loading;
  }

  /** Drawing rules for tiles after OpenMapTiles; those after Protomaps are the library's own. */
  function openMapTiles({ PolygonSymbolizer, LineSymbolizer, exp }) {
    const dark = Theme.name === "dark";
    const [green, water, built, road] = dark
      ? ["#26332b", "#17252f", "#2c3338", "#4b565d"]
      : ["#dfe9d8", "#c4dbe8", "#e6e1da", "#ffffff"];
    const lines = (test, width) => ({
      dataLayer: "transportation",
      symbolizer: new LineSymbolizer({ color: road, width: exp(1.6, [[8, 0.4], [13, width], [18, 6 * width]]) }),
      filter: (_zoom, { props }) => test(props.class),
    });
    const main = new Set(["motorway", "trunk", "primary"]);
    const middle = new Set(["secondary", "tertiary"]);
    return [
      ...["landcover", "park"].map((dataLayer) => ({ dataLayer, symbolizer: new PolygonSymbolizer({ fill: green }) })),
      { dataLayer: "landuse", symbolizer: new PolygonSymbolizer({ fill: built, opacity: 0.6 }) },
      { dataLayer: "water", symbolizer: new PolygonSymbolizer({ fill: water }) },
      { dataLayer: "waterway", symbolizer: new LineSymbolizer({ color: water, width: 1.2 }) },
      { dataLayer: "building", symbolizer: new PolygonSymbolizer({ fill: built }), minzoom: 14 },
      lines((kind) => !main.has(kind) && !middle.has(kind), 0.6),
      lines((kind) => middle.has(kind), 1.2),
      lines((kind) => main.has(kind), 2),
    ];
  }

  async function vectors(info, options) {
    const library = await renderer();
    const known = info.layers.includes("roads") && info.layers.includes("earth");
    const style = known
      ? { flavor: Theme.name === "dark" ? "dark" : "light", lang: document.documentElement.lang }
      : { paintRules: openMapTiles(library), labelRules: [] };
    return library.leafletLayer({ ...options, ...style, url: info.address, maxDataZoom: info.maxZoom, attribution: "" });
  }

  const pictures = (info, options) => L.tileLayer(info.address, {
    ...options,
    minNativeZoom: info.minZoom,
    maxNativeZoom: info.maxZoom,
    className: "izsa-tiles",
  });

  function attach(map, districts, credit) {
    map.createPane("izsa-tiles").style.zIndex = 210;
    map.createPane("izsa-borders").style.zIndex = 230;
    const borders = new Borders(districts);
    let shown = null;
    let layer = null;

    /** Show tiles, or none for null; `info`: {address, vector, minZoom, maxZoom, bounds, credit, layers}. */
    async function show(info) {
      shown = info;
      layer?.remove();
      layer = null;
      credit(info ? info.credit : "");
      if (!info) {
        borders.remove();
        return;
      }
      const [west, south, east, north] = info.bounds;
      const options = { pane: "izsa-tiles", bounds: [[south, west], [north, east]], minZoom: map.getMinZoom(), maxZoom: map.getMaxZoom(), noWrap: true };
      layer = await (info.vector ? vectors(info, options) : pictures(info, options));
      layer.addTo(map);
      borders.addTo(map);
    }

    return Object.freeze({
      show,
      /** In the colours of the theme of now. */
      redraw: () => show(shown),
      /** Whether the tiles bring names of places with them. */
      get named() { return shown !== null && (!shown.vector || shown.layers.includes("places")); },
      get on() { return layer !== null; },
    });
  }

  return Object.freeze({ attach });
})();
