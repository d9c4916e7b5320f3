"""Projects from tables that other people keep: read, map, look, correct, take in, take back.

The rule for what is let in, in this order:

- **critical**: the row cannot be a project of this workplace (no title, another district's, a value that may not be
  stored). The row is left.
- **error**: a cell of a field that matters (title, purpose, audience, start, goals, district, the place on the map)
  cannot be understood, or the row is hidden. The row is left, so that nobody finds out too late.
- **warning**: something was read that could be meant otherwise, or a cell of any other field was not understood. The
  row is taken, and the message keeps what stood in the cell.

Left rows are never lost: they can be corrected on the spot, or written to a file with their messages and imported.
"""
