"""Whom and where no work reaches: audience groups that none names, neighbourhoods in which none stands."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from izsa_desktop.analysis.gaps import EMPTY, Tally
from izsa_desktop.analysis.works import Works


def by_place(works: Works, standing: Sequence[Collection[int]]) -> dict[int, Tally]:
    """The works of each neighbourhood; ``standing``: for each entry the ids of those in which it stands."""
    found: dict[int, Tally] = {}
    for (work, entry), ids in zip(works.numbered(), standing, strict=True):
        for id_ in ids:
            found.setdefault(id_, Tally()).add(work, entry)
    return found


def placeless(works: Works, standing: Sequence[Collection[int]]) -> dict[str, int]:
    """By district: works of which no record says in which neighbourhood it stands."""
    placed = {work for (work, _entry), ids in zip(works.numbered(), standing, strict=True) if ids}
    found: dict[str, set[int]] = {}
    for work, entry in works.numbered():
        if work not in placed:
            for district in entry.districts:
                found.setdefault(district, set()).add(work)
    return {district: len(without) for district, without in found.items()}


def lacking(found: Mapping[int, Tally], ids: Iterable[int]) -> list[tuple[int, str, int]]:
    """Of these, the ones in which nothing runs: id, reason (see ``gaps``), how many works there are all the same."""
    tallies = ((id_, found.get(id_, EMPTY)) for id_ in ids)
    return [(id_, tally.gap, tally.count) for id_, tally in tallies if tally.gap]
