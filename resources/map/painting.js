"use strict";
/* Sheets are painted one after the other, the topmost first and each in a frame of its own, so that no frame waits for
   all of them. Until its turn comes a sheet shows what it has, moved and scaled. */

const Painting = (() => {
  const waiting = new Set();
  let begun = false;
  const ends = []; // who waits until all is painted

  const height = (sheet) => Number(sheet.getPane().style.zIndex);

  function next() {
    begun = waiting.size > 0;
    if (begun) requestAnimationFrame(turn);
    else ends.splice(0).forEach((end) => end());
  }

  function turn() {
    const [sheet] = [...waiting].sort((a, b) => height(b) - height(a));
    waiting.delete(sheet);
    next(); // whatever becomes of this one
    sheet?.paintNow();
  }

  return Object.freeze({
    /** Paint a sheet soon. */
    ask(sheet) {
      waiting.add(sheet);
      if (!begun) next();
    },
    /** Forget a sheet that is gone. */
    drop: (sheet) => waiting.delete(sheet),
    /** Resolves when nothing waits to be painted. */
    settled: () => (begun ? new Promise((resolve) => { ends.push(resolve); }) : Promise.resolve()),
  });
})();
