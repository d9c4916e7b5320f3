"use strict";
/* One canvas above the base: names and projects together, so that neither covers the other. */

const Overlay = Sheet.extend({
  initialize(names) {
    Sheet.prototype.initialize.call(this, { pane: "izsa-overlay" });
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
    this.repaint();
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

  prepare() {
    this._hovered = null;
    this.items = this._visibleItems();
    this.labels = this._visibleLabels();
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
    const corner = this._map.containerPointToLayerPoint([0, 0]);
    const { x: width, y: height } = this._map.getSize();
    const taken = this.items.map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
    for (const control of this._map.getContainer().querySelectorAll(".leaflet-control")) {
      const { left, top, right, bottom } = control.getBoundingClientRect();
      taken.push([left + corner.x, top + corner.y, right + corner.x, bottom + corner.y]);
    }
    return Labels.place(this.context, names, taken, [corner.x, corner.y, corner.x + width, corner.y + height]);
  },

  /** A box in degrees as a box in layer pixels, with a little room round it. */
  _room(home) {
    if (!home) return null;
    const topLeft = this._map.latLngToLayerPoint([home[3], home[0]]);
    const bottomRight = this._map.latLngToLayerPoint([home[1], home[2]]);
    return [topLeft.x - 6, topLeft.y - 6, bottomRight.x + 6, bottomRight.y + 6];
  },

  paint(context) {
    const selectedId = this.selected();
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
