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
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.clearRect(0, 0, this._container.width, this._container.height);
    this._repaint();
  },

  /** What a new canvas is given while the page is being printed is printed as lines and letters. The old one would be
      printed as dots, and clearing it would rub out what lies under it. */
  _print() {
    const { width, height, className, style } = this._container;
    const old = this._container;
    this._initContainer();
    Object.assign(this._container, { width, height, className });
    this._container.style.cssText = style.cssText;
    L.DomUtil.setPosition(this._container, this._bounds.min);
    old.replaceWith(this._container);
    this._repaint();
  },

  _repaint() {
    const ratio = window.devicePixelRatio || 1;
    const { x, y } = this._bounds.min;
    this.context.setTransform(ratio, 0, 0, ratio, -x * ratio, -y * ratio);
    this.paint(this.context);
  },

  onAdd(map) {
    L.Renderer.prototype.onAdd.call(this, map);
    window.addEventListener("beforeprint", () => this._print());
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
