"use strict";
/* How projects look: a disc in the colour of its value with the value's sign, a diamond for one of another body, a dashed
   outline where the place is approximate, and for several together a ring that shows their mix, with their number. */

const Marks = (() => {
  const DOT = 7;
  const LARGEST = 24; // two of them beside each other have the distance at which clusters form
  const RING = 5; // from a mark to the ring round it
  const TURN = 2 * Math.PI;
  const DIAMOND = 1.2; // so that it looks as large as the disc

  /** Radius in pixels of the mark for `count` projects. */
  const radius = (count) => (count === 1 ? DOT : Math.min(LARGEST, 12.5 + 2 * Math.log2(count)));

  const short = (count) => (count < 10000 ? String(count) : `${Math.floor(count / 1000)}k`);

  function disc(context, x, y, r, fill) {
    context.beginPath();
    context.arc(x, y, r, 0, TURN);
    context.fillStyle = fill;
    context.fill();
  }

  function trace(context, x, y, r, shared) {
    context.beginPath();
    if (!shared) {
      context.arc(x, y, r, 0, TURN);
      return;
    }
    const reach = r * DIAMOND;
    context.moveTo(x, y - reach);
    context.lineTo(x + reach, y);
    context.lineTo(x, y + reach);
    context.lineTo(x - reach, y);
    context.closePath();
  }

  /** A value's sign in the middle of its mark; on paper a goal has its number, as paper may be grey. */
  function sign(context, { x, y, value, approximate }) {
    const path = Schemes.pathOf(value);
    if (path) {
      context.translate(x, y);
      context.strokeStyle = Theme.color(approximate ? "mark-sign" : "mark-face");
      context.lineWidth = 1.7;
      context.lineCap = context.lineJoin = "round";
      context.stroke(path);
      context.translate(-x, -y);
      context.lineCap = "butt";
    } else if (value.number && Theme.name === "print") {
      const ink = approximate ? Theme.color("mark-sign") : Schemes.inkOn(Schemes.color(value));
      write(context, value.number, x, y, `700 ${approximate ? 7 : 8}px ${Theme.FONT}`, ink);
    }
  }

  function write(context, text, x, y, font, ink) {
    context.font = font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = ink;
    context.fillText(text, x, y + 0.5);
  }

  function single(context, item) {
    const { x, y, value, approximate, shared } = item;
    const color = Schemes.color(value);
    const shape = (dy, r, fill) => {
      trace(context, x, y + dy, r, shared);
      context.fillStyle = fill;
      context.fill();
    };
    shape(1.2, DOT + 1.8, Theme.color("mark-shadow"));
    shape(0, DOT + 1.2, approximate ? Theme.color("mark-hollow") : Theme.color("mark-line"));
    if (!approximate) {
      shape(0, DOT - 0.4, color);
      sign(context, item);
      return;
    }
    context.globalAlpha = 0.22;
    shape(0, DOT - 1, color);
    context.globalAlpha = 1;
    trace(context, x, y, DOT - 0.9, shared);
    context.strokeStyle = color;
    context.lineWidth = 2.4;
    const dash = 3.2;
    const side = (DOT - 0.9) * DIAMOND * Math.SQRT2;
    context.setLineDash([dash, shared ? side / 2 - dash : 1.92]); // eight dashes round it
    context.lineDashOffset = shared ? dash / 2 : 0; // every corner of a diamond is drawn
    context.stroke();
    context.setLineDash([]);
    context.lineDashOffset = 0;
    sign(context, item);
  }

  /** The colours of a cluster round its middle, as large as their parts of it: one filling costs half of many arcs. */
  function mixture(context, x, y, count, mix) {
    if (mix.length === 1) return Schemes.color(mix[0][0]);
    const made = context.createConicGradient(-TURN / 4, x, y);
    let part = 0;
    for (const [value, number] of mix) {
      const color = Schemes.color(value);
      made.addColorStop(part / count, color);
      part += number;
      made.addColorStop(part / count, color);
    }
    return made;
  }

  function several(context, { x, y, r, count, mix }) {
    disc(context, x, y + 1.5, r + 1.6, Theme.color("mark-shadow"));
    disc(context, x, y, r + 1, Theme.color("mark-face"));
    disc(context, x, y, r, mixture(context, x, y, count, mix));
    disc(context, x, y, r - Math.max(4, r * 0.26), Theme.color("mark-face"));
    write(context, short(count), x, y, `600 ${r < 16 ? 11 : r < 22 ? 12 : 13}px ${Theme.FONT}`, Theme.color("mark-text"));
  }

  /** Draw an item of the overlay: {x, y, r, count, …}. */
  const draw = (context, item) => (item.count === 1 ? single(context, item) : several(context, item));

  /** The ring round the selected project, and a lighter one under the pointer. */
  function ring(context, { x, y, r }, selected) {
    context.beginPath();
    context.arc(x, y, r + (selected ? RING : 3.5), 0, TURN);
    context.strokeStyle = Theme.color("accent");
    context.lineWidth = selected ? 3 : 2;
    context.globalAlpha = selected ? 1 : 0.55;
    context.stroke();
    context.globalAlpha = 1;
  }

  return Object.freeze({ RING, radius, draw, ring });
})();
