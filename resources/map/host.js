"use strict";
/* The one door to the program: the channel object "izsa" (docs/map-messages.md). */

const Host = (() => {
  /** What the program serves at an address, as JSON. */
  const load = async (address) => (await fetch(address)).json();

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

  return Object.freeze({ connect, load });
})();
