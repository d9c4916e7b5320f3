"use strict";
/* The one door to the program: the channel object "izsa" (docs/map-messages.md). */

const Host = (() => {
  /** What the program serves at an address, as JSON. */
  const load = async (address) => (await fetch(address)).json();

  /** The projects at an address, as columns. */
  const loadProjects = async (address) => Columns.unpack(await (await fetch(address)).arrayBuffer());

  const forester = new Worker("/map/forester.js");
  const asked = new Map(); // who waits for the worker, by number
  let last = 0;
  forester.addEventListener("message", ({ data: { number, told } }) => {
    asked.get(number)(told);
    asked.delete(number);
  });

  function ask(message, given) {
    last += 1;
    forester.postMessage({ number: last, ...message }, given);
    return new Promise((resolve) => { asked.set(last, resolve); });
  }

  /** Trees of these points (trees.js), grown beside the page. The points are given away. */
  const grow = (points) => ask({ points }, [points.lon.buffer, points.lat.buffer, points.kind.buffer]);

  /** The first projects as columns, and trees of those that are shown in the first colours, where they are many. */
  async function begin(first) {
    const { packed, grown } = await ask({ first }, []);
    return { columns: Columns.unpack(packed), grown };
  }

  /** The program's end of the channel; asked for at once, since the answer takes as long as half of the page. */
  const end = new Promise((resolve) => {
    new QWebChannel(window.qt.webChannelTransport, (channel) => resolve(channel.objects.izsa));
  });

  /** Connect; `handlers` has one function per message from the host. Resolves to the messages to the host. */
  async function connect(handlers) {
    const izsa = await end;
    for (const [message, handler] of Object.entries(handlers)) izsa[message].connect(handler);
    return Object.freeze({
      ready: () => izsa.ready(),
      projectClicked: (id) => izsa.projectClicked(id),
      placePicked: (lat, lon) => izsa.placePicked(lat, lon),
      colouringChanged: (scheme, hidden, open) => izsa.colouringChanged(scheme, hidden, open),
      thematicChanged: ({ mode, measure, topic, year, links, request }) =>
        izsa.thematicChanged(mode, measure, topic, year, links, request),
      districtClicked: (code) => izsa.districtClicked(code),
      shapeDrawn: (geometry) => izsa.shapeDrawn(geometry),
      toolWanted: (tool) => izsa.toolWanted(tool),
      drawn: (request) => izsa.drawn(request),
    });
  }

  return Object.freeze({ connect, load, loadProjects, grow, begin });
})();
