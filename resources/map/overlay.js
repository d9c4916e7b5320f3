"use strict";
/* One canvas above the base: names and projects together, so that neither covers the other. */

const Overlay = Sheet.extend({
  initialize(names) {
    Sheet.prototype.initialize.call(this, { pane: "izsa-overlay", padding: 0.15 });
    this._names = names;
    this._projects = null;
    this._selected = null;
    this._ringed = null; // the item that shows the selected project
    this._hovered = null;
    this._editing = false;
    this.items = []; // what is drawn: {count, x, y, r, …} in layer pixels
    this._shapes = new Shapes.Layer(); // below, in a pane of its own
    this.labels = [];
  },

  onAdd(map) {
    this._shapes.addTo(map);
    Sheet.prototype.onAdd.call(this, map);
  },

  /** The lines and areas that are drawn: {id, box, path, …}. */
  shapes() { return this._shapes.shown; },

  /** Write these names from the next drawing on. */
  setNames(names) { this._names = names; },

  /** Show an index made by Clusters.index. */
  setProjects(projects) {
    this._projects = projects;
    this._showShapes();
    this.redraw();
  },

  /** Mark a project as selected, "" for none. */
  setSelected(id) {
    this._selected = id && this._projects ? this._projects.find(id) : null;
    this._showShapes();
    this.redraw();
  },

  /** While its line or area is being edited, the stored one of the selected project is not shown. */
  setEditing(on) {
    if (on === this._editing) return;
    this._editing = on;
    this._showShapes();
    this.redraw();
  },

  _showShapes() {
    const all = this._projects?.shapes ?? [];
    const also = this._selected?.shape && !all.some(({ id }) => id === this._selected.id) ? [this._selected] : [];
    const shown = [...all, ...also];
    this._shapes.show(this._editing ? shown.filter(({ id }) => id !== this._selected?.id) : shown, this.selected());
  },

  /** [lat, lon] of the selected project, null for none. */
  selectedPlace() {
    return this._selected ? [this._selected.lat, this._selected.lon] : null;
  },

  /** The id of the selected project, "" for none. */
  selected() {
    return this._selected ? this._selected.id : "";
  },

  setHovered(item) {
    if (item === this._hovered) return;
    this._hovered = item;
    this._shapes.setHovered(item?.path ? item.id : "");
    this.repaint();
  },

  /** The item under a point of the container, the nearest mark, else the smallest line or area; null for none. */
  hit(containerPoint) {
    const point = this._map.containerPointToLayerPoint(containerPoint);
    let best = null;
    let least = Infinity;
    for (const item of this.items) {
      const distance = Math.hypot(item.x - point.x, item.y - point.y);
      if (distance <= item.r + 3 && distance < least) [best, least] = [item, distance];
    }
    return best ?? this._shapes.hit(point);
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
    const items = this._projects.within(box, this._map.getZoom()).map((item) => this._put(item));
    this._ringed = this._selected && this._markOfSelected(items);
    if (this._ringed && !items.includes(this._ringed)) items.push(this._ringed);
    return items.sort((a, b) => a.count - b.count); // the largest numbers on top
  },

  /** An item with its place and radius in layer pixels. */
  _put(item) {
    const { x, y } = this._map.latLngToLayerPoint([item.lat, item.lon]);
    return { ...item, x, y, r: Marks.radius(item.count) };
  },

  /** The item that shows the selected project: its own mark or, where that would cover its cluster, the cluster. */
  _markOfSelected(items) {
    const { id } = this._selected;
    const own = this._put(this._selected);
    const touches = (item) => Math.hypot(item.x - own.x, item.y - own.y) < item.r + own.r + Marks.RING;
    return items.find((item) => item.id === id)
      || items.find((item) => item.count > 1 && touches(item) && this._projects.holds(item.cluster, id))
      || own;
  },

  _visibleLabels() {
    const zoom = this._map.getZoom();
    const degree = (256 * 2 ** zoom) / 360; // pixels of a degree of longitude
    const names = [];
    for (const name of this._names) {
      if (zoom < name.from || zoom >= name.to) continue;
      const point = this._map.latLngToLayerPoint([name.at[1], name.at[0]]);
      if (this._bounds.contains(point)) {
        names.push({ ...name, x: point.x, y: point.y, room: this._room(name.home), reach: name.reach * degree });
      }
    }
    const corner = this._map.containerPointToLayerPoint([0, 0]);
    const { x: width, y: height } = this._map.getSize();
    const taken = this.items.map((item) => [item.x - item.r, item.y - item.r, item.x + item.r, item.y + item.r]);
    const page = this._map.getContainer().getBoundingClientRect();
    const [x, y] = [corner.x - page.left, corner.y - page.top];
    for (const control of this._map.getContainer().querySelectorAll(".leaflet-control")) {
      const { left, top, right, bottom } = control.getBoundingClientRect();
      taken.push([left + x, top + y, right + x, bottom + y]);
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
    Labels.draw(context, this.labels);
    for (const item of this.items) {
      if (item === this._ringed) Marks.ring(context, item, true);
      Marks.draw(context, item);
    }
    if (this._hovered && !this._hovered.path) Marks.ring(context, this._hovered, false);
  },
});
