"use strict";
/* The one door to the program: the channel object "izsa" (docs/map-messages.md). */

const Host = (() => {
  /** What the program serves at an address, as JSON. */
  const load = async (address) => (await fetch(address)).json();

  /** Connect; `handlers` has one function per message from the host. Resolves to the messages to the host. */
  function connect(handlers) {
    return new Promise((resolve) => {
      new QWebChannel(window.qt.webChannelTransport, (channel) => {
        const izsa = channel.objects.izsa;
        for (const [message, handler] of Object.entries(handlers)) izsa[message].connect(handler);
        resolve(Object.freeze({
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
        }));
      });
    });
  }

  return Object.freeze({ connect, load });
})();
