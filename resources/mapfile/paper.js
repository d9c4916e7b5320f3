"use strict";
/* What stands round a map on paper: legend and scale. When all of it is drawn the document's title is "izsa-drawn". */

const Alone = (() => {
  const DRAWN = "izsa-drawn";
  const PIXEL = 0.0254 / 96; // metres on paper
  const EQUATOR = 40075016.686; // metres
  const SIGN = 26; // pixels of a mark in the legend
  const MANY = 22; // lines beside the map that have to stand closer
  const ROUNDS = 4;
  map_izsa.options.zoomSnap = 0; // the map is as large as the frame allows

  const { language, texts } = JSON.parse(document.getElementById("izsa-records").textContent);
  const number = (value) => value.toLocaleString(language);

  const { element } = Parts;

  function row(sign, text, count) {
    const made = element("div", "paper-row");
    made.append(sign, element("span", "", text));
    if (count !== undefined) made.append(element("span", "", number(count)));
    return made;
  }

  /** How many metres one metre of the paper is, in the map's middle, to two digits. */
  function scale() {
    const ground = (EQUATOR * Math.cos((map_izsa.getCenter().lat * Math.PI) / 180)) / 2 ** (map_izsa.getZoom() + 8);
    return Number((ground / PIXEL).toPrecision(2));
  }

  /** A place for a canvas, which is made while the page is printed: so it is printed as lines (see map/sheet.js). */
  function later(className, make) {
    const holder = element("span", className);
    window.addEventListener("beforeprint", () => holder.replaceChildren(make()));
    return holder;
  }

  const sign = (draw) => later("paper-sign", () => {
    const canvas = element("canvas");
    canvas.width = canvas.height = SIGN;
    draw(canvas.getContext("2d"));
    return canvas;
  });

  /** A mark as the map draws it. */
  const mark = (item) => sign((context) => Marks.draw(context, { x: SIGN / 2, y: SIGN / 2, ...item }));

  /** A line or an area as the map draws it. */
  const shape = (value, area) => sign((context) => {
    const path = new Path2D(area ? "M4 9L13 5L22 10L19 20L7 21Z" : "M4 19L10 9L16 17L22 7");
    Shapes.draw(context, { path, value, box: [4, 5, 22, 21], shape: { area } }, "");
  });

  /** The projects that the view shows: those in it that the legend does not hide. */
  function inView(features, scheme, hidden) {
    const [west, south, east, north] = window.izsa.view;
    const hides = new Set(hidden);
    const code = ({ properties }) => scheme.values[scheme.slotOf(properties[scheme.name])].code;
    return features.filter((feature) => {
      const [lon, lat] = feature.geometry.coordinates;
      return lon >= west && lon <= east && lat >= south && lat <= north && !hides.has(code(feature));
    });
  }

  /** What the colours mean, as far as they are there. */
  function colours(features, scheme) {
    const counts = scheme.values.map(() => 0);
    for (const { properties } of features) counts[scheme.slotOf(properties[scheme.name])] += 1;
    const rows = scheme.values.map((value, slot) => [value, counts[slot]]).filter(([, count]) => count > 0);
    const title = element("h3", "", `${scheme.label} (${texts.inView})`);
    return [title, ...rows.map(([value, count]) => row(Schemes.swatch(value), value.name, count))];
  }

  /** What the colours of the districts mean. */
  function districts({ mode, title, classes, sentence, notes }) {
    const all = classes.filter((one) => one.class >= 0).length;
    return [
      element("h3", "", title),
      element("p", "", sentence),
      ...classes.map((one) => row(later("paper-sign class", () => Choropleth.swatch(mode, one.class, all)), one.text, one.count)),
      ...notes.map((note) => element("p", "", note)),
    ];
  }

  /** What the shapes mean, as far as they are there. */
  function shapes(features, scheme) {
    const value = { ...scheme.values.at(-1), number: "" };
    const has = (name) => features.some(({ properties }) => properties[name]);
    const rows = [
      [features.some(({ properties }) => !properties.shared), { count: 1, value }, has("shared") ? texts.own : texts.one],
      [has("shared"), { count: 1, value, shared: true }, texts.others],
      [has("approximate"), { count: 1, value, approximate: true }, texts.approximate],
      [window.izsa.items.some(({ count }) => count > 1), { count: 5, r: 11, mix: [[value, 5]] }, texts.several],
    ];
    const drawn = new Set(window.izsa.shapes.map(({ area }) => area));
    return [
      ...rows.filter(([there]) => there).map(([, item, text]) => row(mark(item), text)),
      ...[[false, texts.lines], [true, texts.areas]].filter(([area]) => drawn.has(area)).map(([area, text]) => row(shape(value, area), text)),
    ];
  }

  async function allFeatures() {
    const columns = await Host.loadProjects("izsa-projects");
    return Array.from({ length: columns.count }, (_none, n) => columns.feature(n));
  }

  async function explain() {
    const scheme = Schemes.get(window.izsa.colouring.scheme);
    const { thematic } = window.izsa;
    const coloured = thematic !== null && thematic.mode !== "projects";
    const all = coloured ? [] : await allFeatures();
    const features = inView(all, scheme, window.izsa.colouring.hidden);
    const rows = coloured ? districts(thematic) : colours(features, scheme);
    const list = document.getElementById("paper-colours");
    list.replaceChildren(...rows);
    list.classList.toggle("many", rows.length > MANY);
    document.getElementById("paper-shapes").replaceChildren(...shapes(features, scheme));
    document.getElementById("paper-scale").textContent = `${texts.scale} 1 : ${number(scale())}`;
  }

  let rounds = 0;
  return Object.freeze({
    chosen() {},
    /** What the legend needs is taken from the map, which is drawn anew in what is left; that may change the legend. */
    async drawn(handlers) {
      await explain();
      const before = map_izsa.getSize();
      map_izsa.invalidateSize({ animate: false });
      rounds += 1;
      if (rounds < ROUNDS && !map_izsa.getSize().equals(before)) handlers.askDrawn(0);
      else document.title = DRAWN;
    },
  });
})();
