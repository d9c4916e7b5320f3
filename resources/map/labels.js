"use strict";
/* Which names are written where: most important first, each at the first of its positions that is free. A name that
   finds no free position is left out; zooming in brings it back. */

const Labels = (() => {
  const GAP = 3;
  const HALF_LINE = 0.012; // degrees of latitude: half a line at the zoom of the whole province

  const KINDS = {
    district: { weight: 600, size: 12.5, color: "label", halo: "halo" },
    area: { weight: 600, size: 11, color: "label-soft", halo: "halo", spaced: 1.6 },
    city: { weight: 700, size: 15, color: "label", halo: "halo" },
    town: { weight: 500, size: 12, color: "label", halo: "halo", dot: true },
    place: { weight: 400, size: 11, color: "label", halo: "halo", dot: true },
    sea: { weight: 500, size: 12, color: "label-sea", halo: "halo-sea", italic: true },
    ocean: { weight: 500, size: 16, color: "label-sea", halo: "halo-sea", italic: true, spaced: 3 },
    province: { weight: 500, size: 11.5, color: "label-soft", halo: "halo", spaced: 2.2 },
    island: { weight: 500, size: 11, color: "label-soft", halo: "halo" },
  };

  const SHOWN = { // for each rank of a settlement or sea: from which zoom
    place: { 1: 10.5, 2: 10.5, 3: 9.75, 4: 10.25, 5: 10.75 },
    sea: { 1: 0, 2: 8.75, 3: 10.5 },
  };

  /** Capitals: Turkish names by Turkish rules in every language (Manisa is MANİSA). */
  const upper = (text, language = "tr") => text.toLocaleUpperCase(language);

  /** A neighbouring province, country or island. */
  function neighbour({ kind, label, at }) {
    if (kind === "island") return { kind, text: label, at, from: 8, to: 99, weight: 8e5 };
    const country = kind !== "province";
    const text = upper(label, country ? document.documentElement.lang : "tr");
    return { kind: "province", text, at, from: 0, to: country ? 8.5 : 99, weight: 8e5 };
  }

  /** The box of a geometry: [west, south, east, north]. */
  function extent({ coordinates }) {
    const points = coordinates.flat(Infinity);
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < points.length; i += 2) {
      box[0] = Math.min(box[0], points[i]);
      box[1] = Math.min(box[1], points[i + 1]);
      box[2] = Math.max(box[2], points[i]);
      box[3] = Math.max(box[3], points[i + 1]);
    }
    return box;
  }

  /** The outlines of all areas. */
  const rings = (features) => features.flatMap(({ geometry: { type, coordinates } }) => {
    if (type === "Point") return [];
    return type === "Polygon" ? coordinates : coordinates.flat();
  });

  /** How far it is from a point to the nearest land east or west of it, in degrees; a written line has a height. */
  function reach([lon, middle], land) {
    return Math.min(...[-HALF_LINE, 0, HALF_LINE].map((more) => waterAt(lon, middle + more, land)));
  }

  function waterAt(lon, lat, land) {
    let least = 180;
    for (const ring of land) {
      for (let i = 1; i < ring.length; i += 1) {
        const [a, b] = [ring[i - 1], ring[i]];
        if (b[1] > lat === a[1] > lat) continue;
        least = Math.min(least, Math.abs(b[0] + ((a[0] - b[0]) * (lat - b[1])) / (a[1] - b[1]) - lon));
      }
    }
    return least;
  }

  /** All names of the map as [{kind, text, at: [lon, lat], from, to, weight}], most important first. A name with a
      `home` [west, south, east, north] is not written outside it; one with a `reach` only where that many degrees to
      both sides of its point have room for it. */
  function collect({ context, districts, places }) {
    const names = [];
    const land = rings([...context.features, ...districts.features]);
    for (const { properties: p, geometry } of districts.features) {
      const home = extent(geometry);
      names.push({ kind: "district", code: p.code, text: p.label, at: p.at, home, from: 0, to: 10.5, weight: 1e7 + p.population });
      names.push({ kind: "area", text: upper(p.label), at: p.at, home, from: 10.5, to: 14, weight: 1e4 });
    }
    for (const { properties: p, geometry } of places.features) {
      const kind = p.rank === 1 ? "city" : p.rank <= 3 ? "town" : "place";
      names.push({ kind, text: p.label, at: geometry.coordinates, from: SHOWN.place[p.rank], to: 99, weight: 1e6 - p.rank * 1e5 });
    }
    for (const { properties: p, geometry } of context.features) {
      if (!p.label) continue;
      if (p.kind === "sea_label") {
        const kind = p.rank === 1 ? "ocean" : "sea";
        const { coordinates: at } = geometry;
        names.push({ kind, text: p.label, at, reach: reach(at, land), from: SHOWN.sea[p.rank], to: p.rank === 1 ? 10.5 : 99, weight: 9e5 - p.rank });
      } else if (p.at) {
        names.push(neighbour(p));
      }
    }
    return names.sort((a, b) => b.weight - a.weight);
  }

  const font = (kind) => `${kind.italic ? "italic " : ""}${kind.weight} ${kind.size}px ${Theme.FONT}`;

  const widths = new Map();
  function width(context, kind, text) {
    const key = `${kind.weight}/${kind.size}/${kind.italic ? 1 : 0}/${text}`;
    if (!widths.has(key)) {
      context.font = font(kind);
      widths.set(key, context.measureText(text).width + (kind.spaced || 0) * text.length);
    }
    return widths.get(key);
  }

  /** Centres to try, relative to the point: on it, then around it at a distance that clears a mark.
      `more`: what a mark that stands on the point takes. */
  function positions(kind, w, h, more) {
    const side = w / 2 + 7;
    if (kind.dot) return [[side + more, 0], [-side - more, 0], [0, -h / 2 - 6 - more], [0, h / 2 + 6 + more]];
    if (kind.italic) return [[0, 0]];
    const rise = h / 2 + 12;
    return [[0, 0], [0, rise], [0, -rise], [side + 5, 0], [-side - 5, 0], [0, rise + 8], [0, -rise - 8]];
  }

  const overlaps = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

  const inside = (a, b) => a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3];
  const contains = (box, x, y) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];

  /** A name may have a `value`, written below it, and a `ground`, the colour of a strong class that it stands on. */

  /** Choose positions, in pixels. `names` have x, y and perhaps `room`, the box that their middle keeps to, and
      `reach`, the most that they may stretch to either side; `taken` are boxes [left, top, right, bottom] that stay free; names that `view` would cut are left out. */
  function place(context, names, taken, view) {
    const rectangles = [...taken];
    const placed = [];
    for (const name of names) {
      const kind = KINDS[name.kind];
      const w = Math.max(width(context, kind, name.text), name.value ? width(context, kind, name.value) : 0);
      const h = (kind.size + 2) * (name.value ? 2 : 1);
      if (w / 2 + 4 * GAP > name.reach) continue;
      if (kind.dot && placed.some(({ box }) => contains(box, name.x, name.y))) continue;
      const mark = taken.find((box) => contains(box, name.x, name.y));
      for (const [dx, dy] of positions(kind, w, h, mark ? (mark[2] - mark[0]) / 2 : 0)) {
        const x = name.x + dx;
        const y = name.y + dy;
        if (name.room && !contains(name.room, x, y)) continue;
        const box = [x - w / 2 - GAP, y - h / 2 - GAP, x + w / 2 + GAP, y + h / 2 + GAP];
        if (overlaps(box, view) && !inside(box, view)) continue;
        if (rectangles.some((other) => overlaps(box, other))) continue;
        rectangles.push(box);
        if (kind.dot) rectangles.push([name.x - GAP, name.y - GAP, name.x + GAP, name.y + GAP]);
        placed.push({ ...name, x, y, dot: kind.dot ? [name.x, name.y] : null, box });
        break;
      }
    }
    return placed;
  }

  function draw(context, placed) {
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const name of placed) {
      const kind = KINDS[name.kind];
      context.font = font(kind);
      context.letterSpacing = `${kind.spaced || 0}px`;
      context.strokeStyle = Theme.color(name.ground ?? kind.halo);
      context.lineWidth = 3;
      const lines = name.value ? [[name.text, -7.5], [name.value, 7.5]] : [[name.text, 0]];
      for (const [text, dy] of lines) context.strokeText(text, name.x, name.y + dy);
      context.fillStyle = Theme.color(name.ground ? "class-ink" : kind.color);
      for (const [text, dy] of lines) context.fillText(text, name.x, name.y + dy);
      if (name.dot) {
        context.fillStyle = Theme.color("town");
        context.beginPath();
        context.arc(name.dot[0], name.dot[1], 2.2, 0, 2 * Math.PI);
        context.fill();
      }
    }
    context.letterSpacing = "0px";
  }

  return Object.freeze({ collect, place, draw });
})();
