"use strict";
/* Drawing a line or an area with Leaflet.Editable: what is set, dragged and deleted, step by step back, by mouse and by
   keyboard. What is drawn is told to the program after every step, as GeoJSON. */

const Drawing = (() => {
  const LIMIT = 2000; // vertices: what a record may have
  const TYPES = { line: "LineString", area: "Polygon" };
  const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

  const round = (degrees) => Math.round(degrees * 1e7) / 1e7;

  /** Leaflet's own rings are open, GeoJSON's are closed. */
  const closed = (ring) => [...ring, ring[0]];
  const plain = (path) => path.map(({ lat, lng }) => [round(lng), round(lat)]);
  const latLngs = (path) => path.map(([lng, lat]) => L.latLng(lat, lng));

  /** Points that can be reached with the Tab key and know their vertex. */
  function vertexClass(texts) {
    return L.Editable.VertexMarker.extend({
      options: { className: "izsa-vertex", autoPanOnFocus: false },
      _initIcon() {
        L.Editable.VertexMarker.prototype._initIcon.call(this);
        this._icon.izsaVertex = this;
        this._icon.classList.remove("izsa-middle"); // a middle one that was dragged becomes this one
        this._icon.setAttribute("aria-label", texts.vertex.replace("{n}", this.getIndex() + 1));
      },
    });
  }

  function middleClass(texts) {
    return L.Editable.MiddleMarker.extend({
      options: { className: "izsa-middle", opacity: 1, keyboard: false, title: texts.newVertex },
    });
  }

  function makeTools(map, texts) {
    const renderer = L.svg();
    const tools = new L.Editable(map, {
      lineGuideOptions: { className: "izsa-guide", renderer, weight: 2 },
      vertexMarkerClass: vertexClass(texts),
      middleMarkerClass: middleClass(texts),
    });
    map.editTools = tools;
    return [tools, { renderer, weight: 4, fillOpacity: 0.18, interactive: false }];
  }

  /** `actions` has drawn(geometry or null), leave(), changed() and moved(latlng, free), which may move a vertex. */
  function attach(map, texts, actions) {
    const container = map.getContainer();
    let [tools, look] = [null, null]; // made for the first drawing
    let tool = "";
    let layer = null;
    let selected = null; // a vertex
    let known = null; // GeoJSON coordinates as told
    let steps = []; // what was known before each step

    const editor = () => layer?.editor;
    const drawing = () => editor()?.drawing() ?? false;
    const set = () => (drawing() ? editor()._drawnLatLngs.length : 0);
    const least = () => (tool === "area" ? 3 : 2);

    function coordinates() {
      if (!layer || drawing()) return null;
      const paths = tool === "area" ? layer.getLatLngs().map((ring) => closed(plain(ring))) : plain(layer.getLatLngs());
      return (tool === "area" ? paths[0]?.length > 3 : paths.length > 1) ? paths : null;
    }

    function settle() {
      const now = coordinates();
      if (!layer || drawing() || JSON.stringify(now) === JSON.stringify(known)) return;
      steps.push(known);
      tell(now);
    }

    function tell(now) {
      known = now;
      actions.drawn(now && { type: TYPES[tool], coordinates: now });
      actions.changed();
    }

    function drop() {
      selected = null;
      if (!layer) return;
      const old = layer;
      layer = null; // what the end of drawing tells of it means nothing any more
      old.disableEdit();
      old.remove();
    }

    const style = () => ({ ...look, className: `izsa-drawn ${tool}` });

    function begin() {
      drop();
      layer = tool === "area" ? tools.startPolygon(undefined, style()) : tools.startPolyline(undefined, style());
      actions.changed();
    }

    function put(paths) {
      drop();
      const made = tool === "area" ? paths.map((ring) => latLngs(ring.slice(0, -1))) : latLngs(paths);
      layer = tool === "area" ? tools.createPolygon(made, style()) : tools.createPolyline(made, style());
      layer.addTo(map);
      layer.enableEdit(map);
      actions.changed();
    }

    const show = (paths) => (paths ? put(paths) : begin());

    function connect() {
      [tools, look] = makeTools(map, texts);
      let caught = null; // where a dragged vertex belongs exactly, not to the pixel
      const moved = (event) => {
        const at = actions.moved(event.latlng, event.originalEvent?.altKey === true);
        caught = at === event.latlng ? null : at;
        if (event.vertex) event.vertex.setLatLng(at);
        else event.latlng.update(at);
      };
      tools.on("editable:drawing:move", (event) => { if (!event.vertex) moved(event); });
      tools.on("editable:vertex:drag", moved);
      tools.on("editable:drawing:click", (event) => {
        moved(event);
        if (set() >= LIMIT) event.cancel();
      });
      tools.on("editable:middlemarker:mousedown", (event) => {
        if (layer.getLatLngs().flat().length >= LIMIT) event.cancel();
      });
      tools.on("editable:vertex:dragend", ({ vertex }) => {
        if (!caught) return;
        vertex.latlng.update(caught);
        vertex.setLatLng(vertex.latlng);
        editor().refresh();
      });
      tools.on("editable:vertex:rawclick", (event) => {
        event.cancel(); // a click chooses, it does not delete
        event.vertex._icon.focus({ preventScroll: true });
      });
      tools.on("editable:drawing:clicked editable:vertex:new", () => actions.changed());
      tools.on("editable:edited editable:vertex:clicked", settle);
      tools.on("editable:drawing:end", (event) => {
        if (event.layer !== layer) return;
          if (coordinates()) settle();
        else begin();
        actions.changed();
      });
    }

    function undo() {
      if (drawing() && set() > 1) editor().pop();
      else if (drawing() && set() === 1) begin();
      else if (steps.length) {
        const before = steps.pop();
        show(before);
        tell(before);
      }
      actions.changed();
    }

    function remove() {
      if (drawing()) {
        undo();
        return;
      }
      if (!selected) return;
      const vertex = selected;
      selected = null;
      if (editor().vertexCanBeDeleted(vertex)) {
        const next = vertex.getNext() ?? vertex.getPrevious();
        vertex.delete();
        next._icon?.focus({ preventScroll: true });
      } else {
        steps.push(known);
        begin();
        tell(null);
      }
    }

    /** The end of a line that is being drawn, or the end of drawing. */
    function finish() {
      if (!drawing() || set() === 0) actions.leave();
      else if (set() >= least()) tools.commitDrawing();
    }

    function cancel() {
      if (drawing() && set() > 0) show(known);
      else actions.leave();
    }

    function nudge(vertex, [dx, dy], far) {
      const step = far ? 10 : 1;
      const at = map.containerPointToLatLng(map.latLngToContainerPoint(vertex.latlng).add([dx * step, dy * step]));
      vertex.latlng.update(at);
      vertex.setLatLng(vertex.latlng);
      editor().refresh();
      vertex.middleMarker?.updateLatLng();
      vertex.getNext()?.middleMarker?.updateLatLng();
    }

    function addAtCross() {
      if (!editor().isConnected()) editor().connect();
      editor().push(map.getCenter());
    }

    function onKey(event) {
      if (!tool || event.target.closest("button, select, input")) return;
      const vertex = event.target.izsaVertex;
      if (vertex && STEPS[event.key]) nudge(vertex, STEPS[event.key], event.shiftKey);
      else if (event.key === " " && drawing() && set() < LIMIT) addAtCross();
      else if (event.key === "Enter") finish();
      else if (event.key === "Escape") cancel();
      else if (event.key === "Delete" || event.key === "Backspace") remove();
      else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) undo();
      else return;
      event.preventDefault();
      event.stopPropagation();
      actions.changed();
    }

    container.addEventListener("keydown", onKey, true);
    container.addEventListener("keyup", (event) => { if (tool && STEPS[event.key]) settle(); }, true);
    container.addEventListener("focusin", (event) => {
      if (!tool) return;
      const { izsaVertex } = event.target;
      if (izsaVertex) selected = izsaVertex;
      else if (event.target === container) selected = null;
      for (const icon of container.querySelectorAll(".izsa-vertex")) icon.classList.toggle("chosen", icon.izsaVertex === selected);
      actions.changed();
    });

    return Object.freeze({
      get on() { return tool !== ""; },
      get tool() { return tool; },
      get canUndo() { return set() > 0 || steps.length > 0; },
      /** Whether there is anything yet. */
      get begun() { return tool !== "" && (!drawing() || set() > 0); },
      /** Whether what is being drawn has enough points to be something. */
      get canFinish() { return set() >= least(); },
      get canRemove() { return set() > 0 || (selected !== null && !drawing()); },
      /** What to do next, as a name of the texts. */
      get hint() {
        if (set() >= LIMIT) return "hintFull";
        if (!drawing()) return "hintChange";
        if (set() === 0) return tool === "area" ? "hintFirstArea" : "hintFirstLine";
        return tool === "area" && set() < 3 ? "hintMoreArea" : "hintNext";
      },
      /** Begin with "line" or "area"; `geometry` is what was drawn before, or null. */
      start(name, geometry) {
        if (!tools) connect();
        drop();
        tool = name;
        steps = [];
        known = geometry?.coordinates ?? null;
        map.doubleClickZoom.disable();
        container.classList.add("izsa-drawing");
        show(known);
        if (known && !map.getBounds().contains(layer.getBounds())) map.fitBounds(layer.getBounds(), { padding: [60, 60], maxZoom: 16, animate: false });
      },
      stop() {
        if (!tool) return;
        drop();
        tool = "";
        map.doubleClickZoom.enable();
        container.classList.remove("izsa-drawing");
      },
      undo,
      remove,
      finish,
    });
  }

  return Object.freeze({ attach });
})();
