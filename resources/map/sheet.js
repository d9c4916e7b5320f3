"use strict";
/* A canvas that follows the map: it covers the view and a margin round it, and moves with the map while it is dragged or
   zoomed. When the movement ends it is laid where it belongs and painted anew in its turn (painting.js). */

const Sheet = L.Renderer.extend({
  options: { padding: 0.3 },

  /** Called when the view or the data have changed, with `bounds` set: choose what is seen. */
  prepare() {},

  /** Draw what was chosen, in layer pixels. */
  paint() {},

  /** Whether there is nothing to draw: the canvas is taken away, since an empty one costs as much as a full one. */
  blank: () => false,

  /** Choose and draw again. */
  redraw() {
    if (this._map) this._update();
  },

  /** Draw again what was chosen. */
  repaint() {
    Painting.ask(this);
  },

  /** Draw what was chosen at once. */
  paintNow() {
    if (this._map._animatingZoom) return; // moveend comes
    this._fit();
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.clearRect(0, 0, this._container.width, this._container.height);
    this._draw();
  },

  /** What a new canvas is given while the page is being printed is printed as lines and letters. The old one would be
      printed as dots, and clearing it would rub out what lies under it. */
  _print() {
    if (this.blank()) return;
    const old = this._container;
    this._initContainer();
    this._container.className = old.className;
    this._fit();
    old.replaceWith(this._container);
    this._draw();
  },

  _draw() {
    const ratio = window.devicePixelRatio || 1;
    const { x, y } = this._bounds.min;
    this._container.hidden = false;
    this.context.setTransform(ratio, 0, 0, ratio, -x * ratio, -y * ratio);
    this.paint(this.context);
    this._drawn = { corner: this._bounds.min.add(this._map.getPixelOrigin()), zoom: this._zoom };
  },

  /** Make the canvas as large as what it is to show, and put it there. */
  _fit() {
    const size = this._bounds.getSize();
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
    const canvas = this._container;
    L.DomUtil.setPosition(canvas, this._bounds.min);
    if (canvas.width === width && canvas.height === height) return;
    canvas.width = width;
    canvas.height = height;
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
  },

  onAdd(map) {
    L.Renderer.prototype.onAdd.call(this, map);
    this._onPrint ??= () => this._print();
    window.addEventListener("beforeprint", this._onPrint);
  },

  onRemove(map) {
    window.removeEventListener("beforeprint", this._onPrint);
    Painting.drop(this);
    this._drawn = null;
    L.Renderer.prototype.onRemove.call(this, map);
  },

  getEvents() {
    const { viewreset, ...events } = L.Renderer.prototype.getEvents.call(this); // moveend comes with it
    return { ...events, move: this._follow };
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
    this.prepare();
    if (this.blank()) {
      this._container.hidden = true;
      this._drawn = null;
      Painting.drop(this);
      return;
    }
    if (this._drawn) this._lay(this._map.getPixelOrigin(), this._zoom);
    Painting.ask(this);
  },

  /** While the map is zoomed: go with it. */
  _updateTransform(center, zoom) {
    if (this._drawn) this._lay(this._map._getNewPixelOrigin(center, zoom), zoom);
  },

  /** Put what is drawn where it belongs at a zoom whose layer pixels begin at `origin`. */
  _lay(origin, zoom) {
    const scale = this._map.getZoomScale(zoom, this._drawn.zoom);
    L.DomUtil.setTransform(this._container, this._drawn.corner.multiplyBy(scale).subtract(origin), scale);
  },
});
