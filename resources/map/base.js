"use strict";
/* What lies under the projects: sea, neighbours, islands, the 30 districts. Outlines are projected once per zoom into
   paths; moving the map only draws them again. */

const Base = (() => {
  return Sheet.extend({
    initialize({ context, districts }) {
      Sheet.prototype.initialize.call(this, { pane: "izsa-base" });
      this.districts = districts.features.length;
      this._outlines = [Outlines.rings(context.features), Outlines.rings(districts.features)];
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
      const { min, max } = this._bounds;
      const wanted = [zoom, origin.x, origin.y, min.x, min.y, max.x, max.y].join(" ");
      if (wanted !== this._traced) {
        const scale = 256 * 2 ** zoom;
        this._cached = this._outlines.map((outlines) => Outlines.trace(outlines, scale, origin, this._bounds));
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
