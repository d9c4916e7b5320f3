"use strict";
/* What lies under the projects: sea, neighbours, islands, the 30 districts. Outlines are projected once per zoom into
   paths; moving the map only draws them again. */

const Base = (() => {
  const NEAR = 0.6; // pixels: points nearer to the last one are left out

  /** The rings of polygon features in Mercator units (the world is 1 wide). */
  function rings(features) {
    const made = [];
    for (const { geometry } of features) {
      if (geometry.type === "Point") continue;
      const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
      for (const ring of polygons.flat()) made.push(mercator(ring));
    }
    return made;
  }

  function mercator(ring) {
    const units = new Float64Array(ring.length * 2);
    ring.forEach(([lon, lat], i) => {
      const sine = Math.sin((lat * Math.PI) / 180);
      units[2 * i] = lon / 360 + 0.5;
      units[2 * i + 1] = 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI;
    });
    return units;
  }

  /** The rings as one path in layer pixels. */
  function trace(outlines, scale, origin) {
    const path = new Path2D();
    for (const units of outlines) {
      let lastX = Infinity;
      let lastY = Infinity;
      for (let i = 0; i < units.length; i += 2) {
        const x = units[i] * scale - origin.x;
        const y = units[i + 1] * scale - origin.y;
        if (i === 0) path.moveTo(x, y);
        else if (Math.abs(x - lastX) + Math.abs(y - lastY) < NEAR) continue;
        else path.lineTo(x, y);
        lastX = x;
        lastY = y;
      }
      path.closePath();
    }
    return path;
  }

  return Sheet.extend({
    initialize({ context, districts }) {
      Sheet.prototype.initialize.call(this, { pane: "izsa-base" });
      this.districts = districts.features.length;
      this._outlines = [rings(context.features), rings(districts.features)];
      this._traced = "";
    },

    /** Painting the outlines is the dearest thing on the page: it is left out while the view stays in their margin. */
    _update() {
      if (this._bounds && this._painted === this._situation() && this.covers()) return;
      Sheet.prototype._update.call(this);
      this._painted = this._situation();
    },

    redraw() {
      this._painted = "";
      Sheet.prototype.redraw.call(this);
    },

    /** What the paths and the canvas depend on. */
    _situation() {
      const { x, y } = this._map.getPixelOrigin();
      const size = this._map.getSize();
      return [this._map.getZoom(), x, y, size.x, size.y, window.devicePixelRatio].join(" ");
    },

    paint(context) {
      const [neighbours, districts] = this._paths();
      context.lineJoin = "round";
      for (const path of [neighbours, districts]) stroke(context, path, "shallow", 9);
      fill(context, neighbours, "neighbour");
      stroke(context, neighbours, "neighbour-line", 1);
      stroke(context, districts, "coast", 2.2);
      fill(context, districts, "land");
      stroke(context, districts, "border", 1);
    },

    _paths() {
      const zoom = this._map.getZoom();
      const origin = this._map.getPixelOrigin();
      const wanted = `${zoom} ${origin.x} ${origin.y}`;
      if (wanted !== this._traced) {
        const scale = 256 * 2 ** zoom;
        this._cached = this._outlines.map((outlines) => trace(outlines, scale, origin));
        this._traced = wanted;
      }
      return this._cached;
    },
  });

  function stroke(context, path, color, width) {
    context.strokeStyle = Theme.color(color);
    context.lineWidth = width;
    context.stroke(path);
  }

  function fill(context, path, color) {
    context.fillStyle = Theme.color(color);
    context.fill(path); // holes are wound the other way (RFC 7946)
  }
})();
