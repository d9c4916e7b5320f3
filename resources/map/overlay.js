"use strict";
/* One canvas above the base: names and projects together, so that neither covers the other. */

const Overlay = L.Renderer.extend({
  options: { padding: 0.25, pane: "izsa-overlay" },

  initialize(names, options) {
    L.Renderer.prototype.initialize.call(this, options);
    this._names = names;
    this._projects = null;
    this._selected = null;
    this._hovered = null;
    this.items = []; // what is drawn: {count, x, y, r, …} in layer pixels
    this.labels = [];
  },

  /** Show an index made by Clusters.index. */
  setProjects(projects) {
    this._projects = projects;
    this.redraw();
  },

  /** Mark a project as selected, "" for none; gives back its item or null. */
  setSelected(id) {
    this._selected = id && this._projects ? this._projects.find(id) : null;
    this.redraw();
    return this._selected;
  },

  /** The id of the selected project, "" for none. */
  selected() {
    return this._selected ? this._selected.id : "";
  },

  setHovered(item) {
    if (item === this._hovered) return;
    this._hovered = item;
    this._paint();
  },

  /** The item under a point of the container, nearest first; null for none. */
  hit(containerPoint) {
    const point = this._map.containerPointToLayerPoint(containerPoint);
    let best = null;
    let least = Infinity;
    for (const item of this.items) {
      const distance = Math.hypot(item.x - point.x, item.y - point.y);
      if (distance <= item.r + 3 && distance < least) [best, least] = [item, distance];
    }
    return best;
  },

  redraw() {
    if (this._map) this._update();
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.style.pointerEvents = "none";
    this._container.setAttribute("aria-hidden", "true");
    this._context = this._container.getContext("2d");
  },

  _destroyContainer() {
    this._container.remove();
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return; // moveend comes
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const ratio = window.devicePixelRatio || 1;
    const canvas = this._container;
    L.DomUtil.setPosition(canvas, this._bounds.min);
    if (canvas.width !== Math.round(size.x * ratio) || canvas.height !== Math.round(size.y * ratio)) {
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    this._hovered = null;
    this.items = this._visibleItems();
    this.labels = this._visibleLabels();
    this._paint();
    this.fire("update");
  },

  _visibleItems() {
    if (!this._projects) return [];
    const southWest = this._map.layerPointToLatLng(this._bounds.getBottomLeft());
    const northEast = this._map.layerPointToLatLng(this._bounds.getTopRight());
    const box = [southWest.lng, southWest.lat, northEast.lng, northEast.lat];
    const items = this._projects.within(box, this._map.getZoom());
    if (this._selected && !items.some((item) => item.id === this._selected.id)) items.push({ ...this._selected });
    for (const item of items) {
      const { x, y } = this._map.latLngToLayerPoint([item.lat, item.lon]);
      Object.assign(item, { x, y, r: Marks.radius(item.count) });
    }
    return items;
  },

  _visibleLabels() {
    const zoom = this._map.getZoom();
    const names = [];
    for (const name of this._names) {
      if (zoom < name.from || zoom >= name.to) continue;
      const point = this._map.latLngToLayerPoint([name.at[1], name.at[0]]);
      if (this._bounds.contains(point)) names.push({ ...name, x: point.x, y: point.y, room: this._room(name.home) });
    }
    const taken = this.items.map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
    const corner = this._map.containerPointToLayerPoint([0, 0]);
    const { x: width, y: height } = this._map.getSize();
    return Labels.place(this._context, names, taken, [corner.x, corner.y, corner.x + width, corner.y + height]);
  },

  /** A box in degrees as a box in layer pixels, with a little room round it. */
  _room(home) {
    if (!home) return null;
    const topLeft = this._map.latLngToLayerPoint([home[3], home[0]]);
    const bottomRight = this._map.latLngToLayerPoint([home[1], home[2]]);
    return [topLeft.x - 6, topLeft.y - 6, bottomRight.x + 6, bottomRight.y + 6];
  },

  _paint() {
    const context = this._context;
    const ratio = window.devicePixelRatio || 1;
    const { x, y } = this._bounds.min;
    const selectedId = this.selected();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this._container.width, this._container.height);
    context.setTransform(ratio, 0, 0, ratio, -x * ratio, -y * ratio);
    Labels.draw(context, this.labels);
    for (const item of this.items) if (item.id !== selectedId) Marks.draw(context, item);
    if (this._hovered) Marks.ring(context, this._hovered, false);
    const selected = selectedId && this.items.find((item) => item.id === selectedId);
    if (selected) {
      Marks.draw(context, selected);
      Marks.ring(context, selected, true);
    }
  },
});
