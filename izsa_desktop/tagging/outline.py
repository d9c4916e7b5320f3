"""The bookmarks of a PDF: a heading stands below the last one of a higher level."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from izsa_desktop.tagging.structure import Bookmark
from izsa_desktop.tagging.volume import Volume, pdf_text

_FOLDED_FROM: Final = 3
"""From so many headings of the first level on, bookmarks show these alone until they are unfolded."""


@dataclass(slots=True)
class _Item:
    number: int
    bookmark: Bookmark | None = None
    kids: list["_Item"] = field(default_factory=list)

    @property
    def all_below(self) -> int:
        return sum(1 + kid.all_below for kid in self.kids)


def write_outline(volume: Volume, bookmarks: Iterable[Bookmark]) -> int:
    """Writes them; the number of the outline, or 0 when there is nothing in it."""
    root = _Item(volume.reserve())
    below = {0: root}
    for one in bookmarks:
        item = _Item(volume.reserve(), one)
        below[max(level for level in below if level < one.level)].kids.append(item)
        below = {level: above for level, above in below.items() if level < one.level} | {one.level: item}
    if not root.kids:
        return 0
    fold = sum(kid.bookmark is not None and kid.bookmark.level == 1 for kid in root.kids) >= _FOLDED_FROM
    shown = len(root.kids) if fold else root.all_below
    volume.put(b"<</Type/Outlines%s/Count %d>>" % (_ends(root), shown), root.number)
    _write(volume, root, fold)
    return root.number


def _write(volume: Volume, above: _Item, fold: bool) -> None:
    for at, item in enumerate(above.kids):
        assert item.bookmark is not None
        said = b"/Title%s/Parent %d 0 R/Dest%s" % (
            *(pdf_text(item.bookmark.title), above.number),
            item.bookmark.target.written,
        )
        if at:
            said += b"/Prev %d 0 R" % above.kids[at - 1].number
        if at + 1 < len(above.kids):
            said += b"/Next %d 0 R" % above.kids[at + 1].number
        if item.kids:
            said += b"%s/Count %d" % (_ends(item), -len(item.kids) if fold else item.all_below)
        volume.put(b"<<%s>>" % said, item.number)
        _write(volume, item, fold)


def _ends(item: _Item) -> bytes:
    return b"/First %d 0 R/Last %d 0 R" % (item.kids[0].number, item.kids[-1].number)
