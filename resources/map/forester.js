"use strict";
/* A worker that grows trees (trees.js), so that the page goes on meanwhile: for projects that it is given, and at first
   for those that it reads itself while the page is made. */

importScripts(...["/vendor/supercluster/supercluster.min.js", "/map/schemes.js", "/map/columns.js", "/map/clusters.js", "/map/trees.js"]);

/** The projects at an address as they come, and trees of those that are shown at first; null where they are too few. */
async function begin({ address, schemes, colouring, maxZoom, few }) {
  const packed = await (await fetch(address)).arrayBuffer();
  const columns = Columns.unpack(packed);
  Schemes.use(schemes, {});
  const { shown, points } = Clusters.choose(columns, Schemes.get(colouring.scheme), new Set(colouring.hidden), maxZoom);
  return { packed, grown: shown.length > few ? Trees.grow(points) : null };
}

self.addEventListener("message", async ({ data: { number, points, first } }) => {
  if (first) {
    const { packed, grown } = await begin(first);
    self.postMessage({ number, told: { packed, grown } }, [packed, ...(grown ? Trees.parts(grown) : [])]);
  } else {
    const told = Trees.grow(points);
    self.postMessage({ number, told }, Trees.parts(told));
  }
});
