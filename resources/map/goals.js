"use strict";
/* Names and colours of the goals, and the order in which a mix of them is drawn. */

const Goals = (() => {
  const NEUTRAL = "#7b858c";
  let table = {};
  let order = new Map();

  /** `goals`: {code: {name, color}} in the order of the goals. */
  function use(goals) {
    table = goals;
    order = new Map(Object.keys(goals).map((code, position) => [code, position]));
  }

  const known = (code) => Object.prototype.hasOwnProperty.call(table, code);
  const color = (code) => (known(code) ? table[code].color : NEUTRAL);
  const name = (code) => (known(code) ? table[code].name : code);
  const rank = (code) => order.get(code) ?? order.size;

  /** [[code, count], …] from {code: count}, in the order of the goals. */
  const sorted = (mix) => Object.entries(mix).sort(([a], [b]) => rank(a) - rank(b));

  return Object.freeze({ use, color, name, sorted });
})();
