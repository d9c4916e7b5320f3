"""What is here already: rows that were imported before, projects of the same name, projects of nearly the same name."""

from collections import defaultdict
from dataclasses import dataclass, field

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.usecases.importing.batches import kept_batches
from izsa_desktop.usecases.importing.rows import title_key
from izsa_desktop.usecases.projects import may_edit
from izsa_desktop.usecases.workplace import Workplace

_ALIKE = 0.75
"""Shared words of two titles, of all their words, from which on one looks like the other."""
_LEAST_WORDS = 3
_COMMON = 200
"""Words in more titles than this say nothing."""


@dataclass(slots=True)
class Known:
    """Look rows up in ``by_key`` first, then ``by_title``, then ``alike``. Ids of records; titles for people."""

    by_key: dict[str, str] = field(default_factory=dict)
    by_title: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    titles: dict[str, str] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    """Projects that a table of our own may name by their ids; of a table, those that it has named."""
    _others: dict[tuple[str, str], str] = field(default_factory=dict)
    _words: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _of: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, name: str, fields: ProjectFields, *, own: bool = True) -> None:
        """A project (its id), or a row of the same table (any other name). Not ``own``: another body's project."""
        title, district = title_key(fields)
        if own:
            self.by_title[title, district].append(name)
        else:
            self._others[title, district] = fields.title
        self.titles[name] = fields.title
        words = frozenset(title.split())
        if len(words) >= _LEAST_WORDS:
            self._of[name] = words
            for word in words:
                self._words[district, word].add(name)

    def alike(self, fields: ProjectFields) -> str:
        """The title that is most like this one's; empty when none is."""
        title, district = title_key(fields)
        words = frozenset(title.split())
        if (title, district) in self._others or len(words) < _LEAST_WORDS:
            return self._others.get((title, district), "")
        groups = sorted((self._words.get((district, word), set()) for word in words), key=len)
        near = {name for group in groups[: max(2, len(words) // 2)] if len(group) <= _COMMON for name in group}
        best = max(near, key=lambda name: (_share(words, self._of[name]), name), default="")
        return self.titles[best] if best and _share(words, self._of[best]) >= _ALIKE else ""


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def load_known(workplace: Workplace) -> Known:
    """The projects that are here, and what this workplace's own earlier imports were made of.

    Projects of other bodies (at the office) are only compared with: nobody else changes them.
    """
    with workplace.store.reading() as reader:
        projects = reader.projects()
        batches = kept_batches(reader)
    known = Known(own={project.id for project in projects if may_edit(workplace, project)})
    for project in projects:
        known.add(project.id, project.fields, own=may_edit(workplace, project))
    for batch in batches:
        known.by_key |= {row.key: row.record for row in batch.rows if row.record in known.own}
    return known
