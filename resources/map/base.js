"use strict";
/* What lies under the projects: sea, neighbours, islands, the 30 districts. Outlines are projected once per zoom into
   paths; moving the map only draws them again. */

const Base = (() => {
  const COARSE = 5; // pixels: the shallow water is wide, its edge need not be exact
  const ROUND = [[0.7, 0], [-0.7, 0], [0, 0.7], [0, -0.7]];

  return Sheet.extend({
    initialize({ context, districts }) {
      Sheet.prototype.initialize.call(this, { pane: "izsa-base", padding: 0.2 });
      this.districts = districts.features.length;
      this._outlines = [Outlines.rings(context.features), Outlines.rings(districts.features)];
      this._traced = "";
    },

    /** Painting the outlines is the dearest thing on the page: it is left out while the view stays in their margin. */
    _update() {
      if (this._bounds && this._kept === this._situation() && this.covers()) return;
      Sheet.prototype._update.call(this);
      this._kept = this._situation();
    },

    redraw() {
      this._kept = "";
      Sheet.prototype.redraw.call(this);
    },

    /** What the paths and the canvas depend on. */
    _situation() {
      const { x, y } = this._map.getPixelOrigin();
      const size = this._map.getSize();
      return [this._map.getZoom(), x, y, size.x, size.y, window.devicePixelRatio].join(" ");
    },

    paint(context) {
      const { fine, coarse } = this._paths();
      const [neighbours, districts] = fine;
      context.lineJoin = "bevel";
      for (const path of coarse) stroke(context, path, "shallow", 9);
      fill(context, neighbours, "neighbour");
      stroke(context, neighbours, "neighbour-line", 1);
      for (const [x, y] of ROUND) shore(context, districts, x, y);
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
        const trace = (near) => this._outlines.map((outlines) => Outlines.trace(outlines, scale, origin, this._bounds, { near }));
        this._cached = { fine: trace(), coarse: trace(COARSE) };
        this._traced = wanted;
      }
      return this._cached;
    },
  });

  /** A part of the line round the land: four thin lines beside each other cost a tenth of one that is wider. */
  function shore(context, path, x, y) {
    context.translate(x, y);
    stroke(context, path, "coast", 1);
    context.translate(-x, -y);
  }

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
