"use strict";
/* Joint work: a line between two districts, as thick as there is much of it, with its number in the middle. */

const Links = (() => {
  const BEND = 0.14; // how far the middle of a line leaves the straight way, as a part of its length
  const BUBBLE = 9;

  return Sheet.extend({
    initialize() {
      Sheet.prototype.initialize.call(this, { pane: "izsa-links" });
      this._links = [];
      this._over = null;
      this.lines = [];
    },

    /** Draw these: {from: [lon, lat], to, count, text}. */
    show(links) {
      this._links = links;
      this._over = null;
      this.redraw();
    },

    setOver(line) {
      if (line === this._over) return;
      this._over = line;
      this.repaint();
    },

    blank() { return this.lines.length === 0; },

    prepare() {
      this._over = null;
      this.lines = this._links.map((link) => {
        const from = this._map.latLngToLayerPoint([link.from[1], link.from[0]]);
        const to = this._map.latLngToLayerPoint([link.to[1], link.to[0]]);
        const bend = L.point(to.y - from.y, from.x - to.x).multiplyBy(BEND);
        const knee = from.add(to).divideBy(2).add(bend);
        return { ...link, from, to, knee, middle: from.add(to).divideBy(4).add(knee.divideBy(2)) };
      });
    },

    /** The line whose number is under a point of the container; null for none. */
    hit(containerPoint) {
      const point = this._map.containerPointToLayerPoint(containerPoint);
      return this.lines.find(({ middle }) => middle.distanceTo(point) <= BUBBLE + 2) ?? null;
    },

    paint(context) {
      context.lineCap = "round";
      for (const line of this.lines) {
        const width = Math.min(7, 1.5 + 1.2 * Math.log2(1 + line.count));
        for (const [color, more] of [["link-edge", 2.5], [line === this._over ? "label" : "link", 0]]) {
          context.strokeStyle = Theme.color(color);
          context.lineWidth = width + more;
          context.beginPath();
          context.moveTo(line.from.x, line.from.y);
          context.quadraticCurveTo(line.knee.x, line.knee.y, line.to.x, line.to.y);
          context.stroke();
        }
        for (const { x, y } of [line.from, line.to]) {
          context.fillStyle = Theme.color("link");
          context.beginPath();
          context.arc(x, y, 3, 0, 2 * Math.PI);
          context.fill();
        }
      }
      context.lineCap = "butt";
      for (const { middle, count } of this.lines) {
        context.beginPath();
        context.arc(middle.x, middle.y, BUBBLE, 0, 2 * Math.PI);
        context.fillStyle = Theme.color("link");
        context.fill();
        context.strokeStyle = Theme.color("link-edge");
        context.lineWidth = 1.5;
        context.stroke();
        context.font = `700 11px ${Theme.FONT}`;
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.fillStyle = Theme.color("link-text");
        context.fillText(String(count), middle.x, middle.y + 0.5);
      }
    },
  });
})();
