"use strict";
/* How projects look: a disc in the colour of the main goal, a dashed ring where the place is approximate, and for
   several together a ring that shows the mix of their main goals, with their number. */

const Marks = (() => {
  const DOT = 7;
  const LARGEST = 24; // two of them beside each other have the distance at which clusters form
  const RING = 5; // from a mark to the ring round it
  const TURN = 2 * Math.PI;

  /** Radius in pixels of the mark for `count` projects. */
  const radius = (count) => (count === 1 ? DOT : Math.min(LARGEST, 12.5 + 2 * Math.log2(count)));

  const short = (count) => (count < 10000 ? String(count) : `${Math.floor(count / 1000)}k`);

  function disc(context, x, y, r, fill) {
    context.beginPath();
    context.arc(x, y, r, 0, TURN);
    context.fillStyle = fill;
    context.fill();
  }

  function single(context, { x, y, color, approximate }) {
    disc(context, x, y + 1.2, DOT + 1.8, Theme.color("mark-shadow"));
    disc(context, x, y, DOT + 1.2, approximate ? Theme.color("mark-hollow") : Theme.color("mark-line"));
    if (!approximate) {
      disc(context, x, y, DOT - 0.4, color);
      return;
    }
    context.globalAlpha = 0.22;
    disc(context, x, y, DOT - 1, color);
    context.globalAlpha = 1;
    context.beginPath();
    context.arc(x, y, DOT - 0.9, 0, TURN);
    context.strokeStyle = color;
    context.lineWidth = 2.4;
    context.setLineDash([3.2, 1.92]); // eight dashes round the ring
    context.stroke();
    context.setLineDash([]);
  }

  function several(context, { x, y, r, count, mix }) {
    disc(context, x, y + 1.5, r + 1.6, Theme.color("mark-shadow"));
    disc(context, x, y, r + 1, Theme.color("mark-face"));
    const ring = Math.max(4, r * 0.26);
    let angle = -TURN / 4;
    context.lineWidth = ring;
    for (const [goal, number] of Goals.sorted(mix)) {
      const end = angle + (TURN * number) / count;
      context.beginPath();
      context.arc(x, y, r - ring / 2, angle, end);
      context.strokeStyle = Goals.color(goal);
      context.stroke();
      angle = end;
    }
    context.font = `600 ${r < 16 ? 11 : r < 22 ? 12 : 13}px ${Theme.FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = Theme.color("mark-text");
    context.fillText(short(count), x, y + 0.5);
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
