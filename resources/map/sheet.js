"use strict";
/* A canvas that follows the map: it covers the view and a margin round it, moves with the map while it is dragged or
   zoomed, and is painted anew when the movement ends. Base and overlay are such sheets. */

const Sheet = L.Renderer.extend({
  options: { padding: 0.3 },

  /** Called before painting, with `bounds` set: choose what is seen. */
  prepare() {},

  /** Draw, in layer pixels. */
  paint() {},

  /** Choose and draw again. */
  redraw() {
    if (this._map) this._update();
  },

  /** Draw again what was chosen. */
  repaint() {
    const context = this.context;
    const ratio = window.devicePixelRatio || 1;
    const { x, y } = this._bounds.min;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this._container.width, this._container.height);
    context.setTransform(ratio, 0, 0, ratio, -x * ratio, -y * ratio);
    this.paint(context);
  },

  getEvents() {
    return { ...L.Renderer.prototype.getEvents.call(this), move: this._follow };
  },

  /** While the map is dragged: paint before the margin ends. */
  _follow() {
    if (this._map.getZoom() === this._zoom && !this.covers()) this._update();
  },

  /** Whether the view lies inside what is painted. */
  covers() {
    const corner = this._map.containerPointToLayerPoint([0, 0]);
    return this._bounds.contains(L.bounds(corner, corner.add(this._map.getSize())));
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.style.pointerEvents = "none";
    this._container.setAttribute("aria-hidden", "true");
    this.context = this._container.getContext("2d");
  },

  _destroyContainer() {
    this._container.remove();
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return; // moveend comes
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
    const canvas = this._container;
    L.DomUtil.setPosition(canvas, this._bounds.min);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    this.prepare();
    this.repaint();
  },
});
