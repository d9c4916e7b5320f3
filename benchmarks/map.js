"use strict";
/* Measures a Leaflet map in its own page, whatever is on it: frames while it is dragged and while it is zoomed. */

const Measure = (() => {
  const frame = () => new Promise((resolve) => { requestAnimationFrame(() => resolve(performance.now())); });

  const at = (values, share) => {
    const ordered = [...values].sort((a, b) => a - b);
    return ordered[Math.min(ordered.length - 1, Math.floor(share * ordered.length))];
  };

  const told = (values) => ({ p50: at(values, 0.5), p95: at(values, 0.95), most: Math.max(...values) });

  function mouse(target, type, x, y) {
    target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, clientX: x, clientY: y, button: 0, buttons: type === "mouseup" ? 0 : 1, view: window }));
  }

  const AFTER = 6; // frames after the hand or the zoom rests: all that it makes a map draw, at once or later

  /** Milliseconds of each frame of ten drags, there and back; each ends with what the map draws when it is let go. */
  async function drag(map) {
    const target = map.getContainer();
    const times = [];
    for (let n = 0; n < 10; n += 1) {
      const step = n % 2 ? -12 : 12;
      let [x, y] = [600, 380];
      mouse(target, "mousedown", x, y);
      let before = await frame();
      for (let moved = 0; moved < 11 + AFTER; moved += 1) {
        if (moved < 10) {
          x += step;
          y += step / 2;
          mouse(target, "mousemove", x, y);
        } else if (moved === 10) {
          mouse(target, "mouseup", x, y);
        }
        const now = await frame();
        times.push(now - before);
        before = now;
      }
      map.stop(); // it would glide on
      await frame();
    }
    return times;
  }

  /** Milliseconds of the frames after each of sixteen changes of the zoom. */
  async function zoom(map) {
    const times = [];
    for (const level of [9, 10, 11, 12, 13, 12, 11, 10, 9, 10, 11, 12, 13, 12, 11, 9]) {
      let before = await frame();
      map.setZoom(level, { animate: false });
      for (let n = 0; n < AFTER; n += 1) {
        const now = await frame();
        times.push(now - before);
        before = now;
      }
    }
    return times;
  }

  async function run(map) {
    map.setView([38.42, 27.14], 11, { animate: false });
    await frame();
    await frame();
    return { pan: told(await drag(map)), zoom: told(await zoom(map)) };
  }

  /** Milliseconds of the frames of a map that is dragged from when it answers until a second after all are drawn. */
  async function opening(count) {
    while (!window.izsa?.ready) await frame();
    const target = map_izsa.getContainer();
    const times = [];
    let [x, y, n, end] = [600, 380, 0, Infinity];
    mouse(target, "mousedown", x, y);
    let before = await frame();
    while (before < end) {
      x += n % 40 < 20 ? 6 : -6;
      n += 1;
      mouse(target, "mousemove", x, y);
      const now = await frame();
      times.push(now - before);
      before = now;
      if (end === Infinity && izsa.projects === count) end = now + 1000;
    }
    mouse(target, "mouseup", x, y);
    return { ...told(times), frames: times.length };
  }

  return Object.freeze({ run, frame, opening });
})();
