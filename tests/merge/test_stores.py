"""P4, P6, P7 through real stores: any split, order and repetition gives the same rows, and they are the oracle's."""

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select

from izsa_desktop.db.schema import COMPUTED, project
from izsa_desktop.db.store import Store
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.record_types import JOINT
from izsa_desktop.domain.registers import field_of, fields_of
from izsa_desktop.domain.revision import DELETED, PROJECT, Revision
from tests.merge.oracle import meaning
from tests.merge.worlds import Arrival, World, random_world

WORLDS = [random_world(seed) for seed in range(1, 201)]


def _content(store: Store) -> tuple[list[Any], dict[str, bytes]]:
    """The shown rows without their running numbers, and the bytes of all saves."""
    computed = select(*(project.c[name] for name in COMPUTED)).order_by(project.c.id)
    with store.reading() as reader:
        return (
            [tuple(row) for row in reader.connection.execute(computed)],
            {revision.id: revision.body for revision in reader.revisions()},
        )


@contextmanager
def _stores(folder: Path, count: int) -> Iterator[list[Store]]:
    with ExitStack() as stack:
        yield [stack.enter_context(closing(Store(folder / f"{n}.sqlite3", folder, "now"))) for n in range(count)]


def _came(worlds: Iterable[World]) -> list[Revision]:
    return [revision for world in worlds for arrival in world.arrivals for revision in arrival.revisions]


def _shows_what_the_oracle_says(store: Store, came: Sequence[Revision]) -> None:
    by_record: dict[str, list[Revision]] = {}
    for revision in came:
        by_record.setdefault(revision.record, []).append(revision)
    with store.reading() as reader:
        joint = {share.id for share in reader.joint()}
        for record, revisions in by_record.items():
            shown, meant = reader.project(record), meaning(revisions)
            programme = revisions[0].type == JOINT
            assert (shown is None) is (programme or not meant.counted)
            if programme:
                assert record not in joint or meant.listed
            if shown is None:
                continue
            assert shown.deleted is not meant.listed
            open_ = meant.conflicts | ({DELETED} if meant.against else set())
            assert shown.conflicts == tuple(sorted({field_of(name) for name in open_}))
            assert shown.heads == tuple(sorted(meant.heads))
            assert shown.fields == fields_of({name: json.loads(value) for name, value in meant.shown.items()})


def test_any_split_order_and_repetition_of_what_came(tmp_path: Path) -> None:
    draw = random.Random(1)
    came = _came(WORLDS)
    with _stores(tmp_path, 3) as (as_it_came, shuffled, at_once):
        with as_it_came.writing() as writer:
            for world in WORLDS:
                for arrival in world.arrivals:
                    writer.add(arrival.revisions)
        again = [*came, *draw.sample(came, len(came) // 3)]
        draw.shuffle(again)
        cuts = [0, *sorted(draw.sample(range(len(again)), 200)), len(again)]
        before: set[bytes] = set()
        for part in range(0, 200, 20):
            with shuffled.writing() as writer:
                for start, end in zip(cuts[part : part + 20], cuts[part + 1 : part + 21], strict=True):
                    writer.add(again[start:end])
                now = set(writer.revision_ids())
            assert before <= now, "P6"
            before = now
        with shuffled.writing() as writer:
            writer.add(again[cuts[200] :])
        with at_once.writing() as writer:
            writer.add(came)
        content = _content(at_once)
        assert _content(as_it_came) == _content(shuffled) == content
        assert content[1].keys() == {revision.id for revision in came}
        _shows_what_the_oracle_says(shuffled, came)
        with shuffled.writing() as writer:
            writer.add(came)
            writer.rebuild()
        assert _content(shuffled) == content
        assert shuffled.problems() == []


def test_everybody_shows_the_same_after_everybody_gave_everybody_everything(tmp_path: Path) -> None:
    worlds = WORLDS[:100]
    with _stores(tmp_path, 6) as stores:
        for pc, store in enumerate(stores):
            arrivals = [arrival for world in worlds for arrival in world.arrivals if arrival.pc == pc]
            with store.writing() as writer:
                for arrival in arrivals:
                    _take(writer, arrival)
            _shows_what_the_oracle_says(store, [r for arrival in arrivals for r in arrival.revisions])
        for store in stores:
            with store.reading() as reader:
                gives = list(reader.revisions())
            for other in stores:
                with other.writing() as writer:
                    writer.add(gives)
        content = _content(stores[0])
        assert all(_content(store) == content for store in stores)
        _shows_what_the_oracle_says(stores[-1], _came(worlds))


def _take(writer: Writer, arrival: Arrival) -> None:
    """What a person saves goes another way into the store than what comes from elsewhere."""
    revision = arrival.revisions[0]
    if arrival.own and not revision.erased and revision.type == PROJECT:
        writer.go_on(writer.history(revision.record), arrival.revisions)
    else:
        writer.add(arrival.revisions)
