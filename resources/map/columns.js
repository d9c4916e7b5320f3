"use strict";
/* The projects as the columns in which they come (maps/columns.py): packed as bytes from a program, as JSON in a page that
   stands alone. A feature is made of them where one is needed; most are never looked at. */

const Columns = (() => {
  const ARRAYS = { f8: Float64Array, u1: Uint8Array, u2: Uint16Array, u4: Uint32Array };
  const CODES = ["goal", "status", "district", "dimension", "freshness", "review", "goals"];
  const decoder = new TextDecoder();

  /** Texts out of all of them in one, which end where `ends` says. */
  function texts(bytes, ends) {
    const part = (from, to) => decoder.decode(bytes.subarray(from, to));
    const at = (n) => part(n > 0 ? ends[n - 1] : 0, ends[n]);
    return {
      at,
      /** The place of a text; -1 where it is none of them. */
      find(text) {
        const wanted = new TextEncoder().encode(text);
        for (let n = 0, from = 0; n < ends.length; from = ends[n], n += 1) {
          if (ends[n] - from === wanted.length && wanted.every((byte, k) => bytes[from + k] === byte)) return n;
        }
        return -1;
      },
    };
  }

  const plain = (each) => ({ at: (n) => each[n], find: (text) => each.indexOf(text) });

  /** Bytes from the program. */
  function unpack(buffer) {
    const length = new DataView(buffer).getUint32(0, true);
    const head = JSON.parse(decoder.decode(new Uint8Array(buffer, 4, length)));
    const found = {};
    let at = 4 + length;
    for (const [name, type, size] of head.columns) {
      at = Math.ceil(at / 8) * 8;
      found[name] = new ARRAYS[type](buffer, at, size);
      at += found[name].byteLength;
    }
    const codes = Object.fromEntries(CODES.map((name) => [name, { values: head.values[name], of: found[name] }]));
    return made({
      ...found, count: head.count, codes, shapes: head.shapes, ids: texts(found.id, found.idEnds), titles: texts(found.title, found.titleEnds),
    });
  }

  /** A block of JSON. */
  function read({ ids, at, properties, shapes }) {
    const each = (name) => {
      const { each: all, values, of } = properties[name] ?? { each: [] };
      return all ?? of.map((n) => values[n]);
    };
    const coded = (name) => {
      const { each: all, values, of } = properties[name] ?? { each: [] };
      return values ? { values, of } : { values: all, of: all.map((_value, n) => n) };
    };
    return made({
      count: ids.length,
      lon: Float64Array.from(ids, (_id, n) => at[2 * n]),
      lat: Float64Array.from(ids, (_id, n) => at[2 * n + 1]),
      codes: Object.fromEntries(CODES.map((name) => [name, coded(name)])),
      approximate: each("approximate"),
      shared: each("shared"),
      first: each("first"),
      last: each("last"),
      shapes,
      ids: plain(ids),
      titles: plain(each("title")),
    });
  }

  function made({ count, lon, lat, codes, approximate, shared, first, last, shapes, ids, titles }) {
    const features = new Map(); // one and the same for a project, as what is computed of its shape hangs on it
    const code = (name, n) => codes[name].values[codes[name].of[n]];

    function feature(n) {
      if (features.has(n)) return features.get(n);
      const properties = { title: titles.at(n) };
      for (const name of CODES) properties[name] = code(name, n);
      properties.approximate = Boolean(approximate[n]);
      properties.shared = Boolean(shared[n]);
      const made = { id: ids.at(n), properties, geometry: { type: "Point", coordinates: [lon[n], lat[n]] }, shape: shapes[n] ?? null };
      if (made.shape) features.set(n, made);
      return made;
    }

    return Object.freeze({
      count, lon, lat, codes, approximate, shared, first, last,
      /** The places of the lines and areas. */
      shaped: Object.keys(shapes).map(Number),
      /** A project as a GeoJSON feature; `shape` is the geometry of a line or an area, or null. */
      feature,
      /** The place of the project with this id; -1 where there is none. */
      find: ids.find,
    });
  }

  const NONE = read({ ids: [], at: [], properties: {}, shapes: {} });

  return Object.freeze({ unpack, read, NONE });
})();
