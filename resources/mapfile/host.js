"use strict";
/* The door of a map that stands alone. Behind it is no program: what one would send stands in the page, as data. In the
   place of map/host.js; `Alone` (browser.js or paper.js) is told what a program would be told. */

const Host = (() => {
  /** What stands in the page under an element's id, as JSON. */
  const load = async (id) => JSON.parse(document.getElementById(id).textContent);

  /** The projects that stand there, as columns. */
  const loadProjects = async (id) => Columns.read(await load(id));

  /** Connect; `handlers` has one function per message from a host. Resolves to the messages to the host. */
  async function connect(handlers) {
    return Object.freeze({
      ready() {
        if (document.getElementById("izsa-thematic")) handlers.setThematic("izsa-thematic");
        handlers.setProjects("izsa-projects");
        handlers.askDrawn(0);
      },
      projectClicked: (id) => Alone.chosen(id),
      colouringChanged() {},
      thematicChanged() {},
      districtClicked() {},
      drawn: () => Alone.drawn(handlers),
    });
  }

  return Object.freeze({ connect, load, loadProjects });
})();
