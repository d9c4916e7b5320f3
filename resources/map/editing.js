"use strict";
/* Joins what a person sets on the map: a place (picking), a line or an area (drawing), with one bar of tools, one hint,
   and settlements that catch what is set near them. Which tool is in use, the program says. */

const Editing = (() => {
  /** `host` has placePicked(lat, lon), shapeDrawn(json), toolWanted(tool). */
  function attach(map, texts, places, host) {
    const container = map.getContainer();
    const snapping = Snapping.attach(map, places, texts.hintSnapped);

    function moved(latlng, free) {
      const at = snapping.catch(latlng, free);
      refresh();
      return at;
    }

    const picking = Picking.attach(map, texts, (lat, lon) => host.placePicked(lat, lon), moved);
    const drawing = Drawing.attach(map, texts, {
      drawn: (geometry) => host.shapeDrawn(geometry ? JSON.stringify(geometry) : ""),
      leave: () => host.toolWanted(""),
      changed: () => refresh(),
      moved,
    });
    const tools = Tools.attach(map, texts, {
      choose: (tool) => { if (tool !== used()) host.toolWanted(tool); },
      undo: drawing.undo,
      remove: drawing.remove,
      leave: () => {
        if (drawing.on && drawing.canFinish) drawing.finish();
        host.toolWanted("");
      },
    });
    const used = () => drawing.tool || (picking.on ? "point" : "");
    const byMouse = (yes) => {
      if (container.classList.contains("izsa-by-mouse") === yes) return;
      container.classList.toggle("izsa-by-mouse", yes);
      refresh();
    };
    const byKeys = () => container.matches(":focus-visible:not(.izsa-by-mouse)");

    function refresh() {
      if (!used()) return;
      tools.allow({ undo: drawing.canUndo, remove: drawing.canRemove });
      const next = texts[picking.on ? picking.hint : drawing.hint];
      tools.say(snapping.said || (byKeys() && !drawing.begun ? `${next}. ${texts.hintKeys}` : next));
    }

    function begin() {
      snapping.clear();
      tools.show(used());
      refresh();
    }

    map.on("mousemove", (event) => {
      byMouse(true);
      if (picking.on) moved(event.latlng, event.originalEvent.altKey);
    });
    container.addEventListener("keydown", () => byMouse(false), true);
    container.addEventListener("focusin", refresh);
    container.addEventListener("keydown", (event) => {
      if (!picking.on || event.target !== container || (event.key !== " " && event.key !== "Enter")) return;
      event.preventDefault();
      picking.choose(map.getCenter(), event.altKey);
    });

    return Object.freeze({
      get on() { return used() !== ""; },
      get tool() { return used(); },
      get canUndo() { return drawing.canUndo; },
      /** Start or stop choosing a place; `location` is [lat, lon] or []. */
      setPicking(on, location) {
        if (on) {
          drawing.stop();
          picking.start(location);
        } else picking.stop();
        begin();
      },
      /** Start drawing a "line" or an "area" from `geometry` (or null) on; "" stops. */
      setDrawing(tool, geometry) {
        if (tool) {
          picking.stop();
          drawing.start(tool, geometry);
          container.focus({ preventScroll: true });
        } else drawing.stop();
        begin();
      },
      /** A click on the map while it is `on`. */
      click(event) {
        if (picking.on) picking.choose(event.latlng, event.originalEvent.altKey);
        refresh();
      },
    });
  }

  return Object.freeze({ attach });
})();
