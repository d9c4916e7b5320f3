"use strict";
/* Joins the parts: base, overlay, card, controls, legend, editing, host. `map_izsa` is the Leaflet map of the scaffold. */

(async () => {
  const config = JSON.parse(document.getElementById("izsa-config").textContent);
  const { texts } = config;
  const map = map_izsa;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const FEW = 3000; // projects that are indexed within a frame
  const state = { ready: false, projects: 0, indexMs: 0, firstDrawnMs: 0, drawn: { projects: 0, at: 0 } };
  const early = config.projects ? begin() : null; // read while the page is made
  let grown = null; // trees of the first projects

  function begin() {
    const { projects: address, schemes, colouring } = config;
    return Host.begin({ address, schemes, colouring, maxZoom: map.getMaxZoom(), few: FEW });
  }

  Schemes.use(config.schemes, config.signs);
  let legend = null;
  let thematic = null; // null where there is no program to count
  let fitted = null; // the bounds that fill the view in every size, until something moves the map
  let covered = 0; // how many pixels at the left side of what is fitted the legend took
  let low = 0; // and at the lower side the years
  map.on("movestart", () => { fitted = null; });
  function fit(bounds) {
    low = thematic?.height ?? 0;
    map.fitBounds(bounds, { paddingTopLeft: [16, 16], paddingBottomRight: [16, 16 + low], animate: false });
    const left = map.latLngToContainerPoint(L.latLngBounds(bounds).getNorthWest()).x - 16; // what is free on each side
    covered = panelWidth();
    map.panBy([-Math.max(0, Math.min(left, covered - left)), 0], { animate: false });
    fitted = bounds;
  }
  const panelWidth = () => Math.max(legend?.width ?? 0, thematic?.width ?? 0);
  const refit = () => { if (fitted) fit(fitted); };
  const home = () => fit(config.bounds);
  fit(config.view ?? config.bounds);

  const [layers] = await Promise.all([Host.load(config.base), Theme.fontsReady()]);
  map.createPane("izsa-base").style.zIndex = 200;
  map.createPane("izsa-shapes").style.zIndex = 445;
  map.createPane("izsa-overlay").style.zIndex = 450;
  const controls = Controls.add(map, texts, home);
  const base = new Base(layers).addTo(map);
  const tiles = Tiles.attach(map, layers.districts, controls.setCredit);
  const names = Labels.collect(layers);
  const overlay = new Overlay(names).addTo(map);
  if (config.thematic) {
    thematic = Thematic.attach(map, config.thematic, layers, {
      changed(choice, others) {
        if (others) showFeatures();
        host.thematicChanged(choice);
      },
      district: (code) => host.districtClicked(code),
      resized() {
        refit();
        overlay.redraw();
      },
    });
  }
  legend = Legend.attach(map, texts, config.colouring, {
    chosen() {
      showFeatures();
      tellColouring();
    },
    folded() {
      refit();
      overlay.redraw();
      tellColouring();
    },
  });
  let features = Columns.NONE; // all projects, also those that the legend hides
  let shownFrom = ""; // where they came from
  const seen = (n) => !thematic.coloured && thematic.seen(features.first[n], features.last[n]);
  const allSeen = () => !thematic || (!thematic.coloured && !thematic.choice.year);
  const choose = () => Clusters.choose(features, legend.scheme, legend.hidden, map.getMaxZoom(), allSeen() ? null : seen);
  const few = (chosen) => Clusters.index(chosen, Trees.grow(chosen.points));
  let projects = few(choose());
  let choice = 0; // the number of the newest one
  let growing = null; // resolves when that one is shown
  let host = null;

  function tellColouring() {
    const { scheme, hidden, open } = legend.state;
    host.colouringChanged(scheme, hidden, open);
  }

  const chosen = (id) => {
    overlay.setSelected(id);
    host.projectClicked(id);
  };
  const card = Card.attach(map, texts, chosen);
  const editing = config.drawing ? Editing.attach(map, config.drawing, layers.places.features, {
    placePicked: (lat, lon) => host.placePicked(lat, lon),
    shapeDrawn: (geometry) => host.shapeDrawn(geometry),
    toolWanted: (tool) => host.toolWanted(tool),
  }) : null; // null where there is no program that could keep it
  const isEditing = () => editing?.on ?? false;

  /** Bring a district into view, unless the map already shows a part of it from nearer. */
  function showDistrict(code) {
    const district = layers.districts.features.find((feature) => feature.id === code);
    if (!district) return;
    const bounds = L.geoJSON(district).getBounds();
    if (map.getZoom() <= map.getBoundsZoom(bounds) || !bounds.contains(map.getCenter())) fit(bounds);
  }

  function setPicking(on, location, district) {
    editing.setPicking(on, location);
    if (on && location.length === 0) showDistrict(district);
  }

  function setDrawing(tool, geometry, district) {
    overlay.setEditing(tool !== "");
    editing.setDrawing(tool, geometry ? JSON.parse(geometry) : null);
    if (tool && !geometry) showDistrict(district);
  }

  const containerPoint = (item) => map.layerPointToContainerPoint([item.x, item.y]);
  const onOneSpot = (item) => item.count > 1 && projects.splitsAt(item.cluster) === null;

  function open(item) {
    card.hideCard();
    if (item.count === 1) {
      chosen(item.id);
      return;
    }
    const zoom = projects.splitsAt(item.cluster);
    if (zoom !== null) map.setView([item.lat, item.lon], Math.max(zoom, map.getZoom() + 0.5), { animate: !calm });
    else card.showList(item, projects.leaves(item.cluster, card.LISTED), containerPoint(item), overlay.selected());
  }

  map.on("mousemove", (event) => {
    const onPanel = event.originalEvent.target.closest(".leaflet-control, .izsa-list");
    const item = isEditing() || onPanel ? null : overlay.hit(event.containerPoint);
    map.getContainer().classList.toggle("izsa-over-mark", item !== null);
    overlay.setHovered(item);
    if (item || isEditing() || onPanel) thematic?.hideCard();
    else if (thematic?.move(event.containerPoint)) map.getContainer().classList.toggle("izsa-over-mark", thematic.coloured);
    if (item) card.showCard(item, containerPoint(item), onOneSpot(item), legend.scheme);
    else card.hideCard();
  });
  map.on("mouseout movestart zoomstart", () => { overlay.setHovered(null); card.hideCard(); });
  map.on("movestart zoomstart", card.hideList);

  /** Move to the selected project when it lies outside the view or at its very edge. */
  function showSelected(animate) {
    const place = overlay.selectedPlace();
    if (!place) return;
    const edge = L.point(12, 12); // less than the margin of what is fitted
    const inner = L.bounds(edge, map.getSize().subtract(edge));
    if (!inner.contains(map.latLngToContainerPoint(place))) map.panTo(place, { animate });
  }

  map.on("resize", () => {
    refit();
    if (!fitted) map.stop(); // a movement under way has its goal in the old size
    showSelected(false);
  });
  map.on("click", (event) => {
    card.hideList();
    if (isEditing()) {
      editing.click(event);
      return;
    }
    const item = overlay.hit(event.containerPoint);
    if (item) open(item);
    else thematic?.click(event.containerPoint);
  });

  async function setProjects(address) {
    if (address === shownFrom) return;
    if (address === config.projects) ({ columns: features, grown } = await early);
    else features = await Host.loadProjects(address);
    shownFrom = address;
    await showFeatures();
  }

  /** Show the projects in the colours of now, without those that the legend hides: at once or, when they are many, as
      soon as they are indexed beside the page, which goes on with what it shows meanwhile. Of several only the newest. */
  function showFeatures() {
    const begun = performance.now();
    choice += 1;
    const [number, wanted] = [choice, choose()];
    const show = (index) => {
      if (number !== choice) return;
      state.indexMs = performance.now() - begun;
      showProjects(index);
    };
    const asFirst = JSON.stringify([legend.scheme.name, [...legend.hidden]]) === JSON.stringify([config.colouring.scheme, config.colouring.hidden]);
    if (grown && asFirst && grown.order.length === wanted.shown.length && shownFrom === config.projects && allSeen()) {
      growing = null;
      show(Clusters.index(wanted, grown));
    } else if (Host.grow && wanted.shown.length > FEW) {
      growing = Host.grow(wanted.points).then((grown) => show(Clusters.index(wanted, grown)));
    } else {
      growing = null;
      show(few(wanted));
    }
    return growing;
  }

  /** Draw these; a selected one stays in view. */
  function showProjects(index) {
    projects = index;
    state.projects = projects.size;
    const selected = overlay.selected();
    card.hideCard();
    card.hideList();
    legend.setAway(thematic?.coloured ?? false);
    legend.show(projects);
    overlay.setNames(namesNow());
    if (panelWidth() !== covered || (thematic?.height ?? 0) !== low) refit();
    overlay.setProjects(projects);
    if (selected) overlay.setSelected(selected);
    noteDrawn(choice, projects.size);
  }

  async function noteDrawn(number, count) {
    await Painting.settled();
    await frame();
    await frame();
    if (number === choice) state.drawn = { projects: count, at: performance.timeOrigin + performance.now() };
  }

  /** Settlements have their names from the tiles where these bring names. */
  function namesNow() {
    const all = thematic?.names(names) ?? names;
    return tiles.named ? all.filter(({ kind }) => !["city", "town", "place"].includes(kind)) : all;
  }

  /** Messages in the order of their arrival: a selection never overtakes the projects it belongs to. */
  let queue = Promise.resolve();
  const inTurn = (action) => (...values) => { queue = queue.then(() => action(...values)).catch(console.error); };

  const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });

  if (early) inTurn(setProjects)(config.projects);
  host = await Host.connect({
    setProjects: inTurn(setProjects),
    select: inTurn((id) => {
      overlay.setSelected(id);
      showSelected(!calm);
    }),
    setTheme: inTurn((name) => {
      if (name === Theme.name) return;
      Theme.set(name);
      base.redraw();
      legend.draw();
      thematic?.draw();
      if (tiles.on) tiles.redraw();
      overlay.redraw();
    }),
    setPicking: inTurn(setPicking),
    setDrawing: inTurn(setDrawing),
    setColouring: inTurn((scheme, hidden, open) => {
      if (JSON.stringify(legend.state) === JSON.stringify({ scheme, hidden, open })) return null;
      legend.take({ scheme, hidden, open });
      return showFeatures();
    }),
    setTiles: inTurn(async (told) => {
      await tiles.show(JSON.parse(told));
      overlay.setNames(namesNow());
      overlay.redraw();
    }),
    setThematic: inTurn(async (address) => {
      const { coloured, choice: { year } } = thematic;
      if (!thematic.take(await Host.load(address))) return;
      if (coloured || thematic.coloured || thematic.choice.year !== year) await showFeatures();
      else if (thematic.height !== low) refit();
    }),
    askDrawn: inTurn(async (request) => {
      await growing;
      await Painting.settled();
      await frame();
      await frame();
      host.drawn(request);
    }),
  });

  /* For tests and measurements: the state can be read, nothing can be set. */
  window.izsa = Object.freeze({
    get ready() { return state.ready; },
    get districts() { return base.districts; },
    get projects() { return state.projects; },
    get indexMs() { return state.indexMs; },
    get firstDrawnMs() { return state.firstDrawnMs; },
    get drawn() { return { ...state.drawn }; },
    get theme() { return Theme.name; },
    get selected() { return overlay.selected(); },
    get picking() { return editing?.tool === "point"; },
    get tool() { return editing?.tool ?? ""; },
    get colouring() { return legend.state; },
    get legend() { return legend.entries; },
    get tiles() { return tiles.on; },
    get thematic() { return thematic && { ...thematic.choice, ...thematic.data, title: thematic.title, width: thematic.width }; },
    get shared() { return projects.shared; },
    get zoom() { return map.getZoom(); },
    get home() { return fitted === config.bounds; },
    get view() {
      const bounds = map.getBounds();
      return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    },
    get labels() { return overlay.labels.map(({ text, value, kind, box }) => ({ text, value, kind, box })); },
    get shapes() {
      return overlay.shapes().map(({ id, box, shape }) => {
        const [{ x: left, y: top }, { x: right, y: bottom }] = [box.slice(0, 2), box.slice(2)].map((at) => map.layerPointToContainerPoint(at));
        return { id, area: shape.area, box: [left, top, right, bottom] };
      });
    },
    get items() { return overlay.items.map((item) => ({ ...containerPoint(item), r: item.r, count: item.count, id: item.id ?? null, shared: item.shared === true })); },
    whenIdle: () => queue,
  });

  state.ready = true;
  host.ready();
  await Painting.settled();
  state.firstDrawnMs = performance.now();
})();
