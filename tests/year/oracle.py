"""What people did, noted where they did it and not where it is stored: the office must have all of it in the end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from izsa_desktop.domain.revision import Revision, canonical

ANY = object()
"""A value of which only that there is one matters here."""


@dataclass(frozen=True)
class Save:
    """A value that a person gave one register of a record. ``pc``: the folder's name of the PC."""

    pc: str
    week: int
    record: str
    register: str
    value: object
    author: str
    wall: str

    def among(self, said: set[tuple[str, str, bytes, str, str]], erased: bool) -> bool:
        if self.value is not ANY:
            values: list[bytes] = [canonical(self.value), *([b"null"] if erased else [])]
            return any((self.record, self.register, value, self.author, self.wall) in said for value in values)
        return (self.record, self.register, b"", self.author, self.wall) in said


@dataclass
class Oracle:
    saves: list[Save] = field(default_factory=list)
    erased: set[tuple[str, str]] = field(default_factory=set)
    """Records and registers of which something was erased."""
    forgiven: int = 0
    """Saves that were nowhere but on a disk that is gone."""

    def note(self, pc: str, week: int, record: str, values: Mapping[str, object], *, by: tuple[str, str]) -> None:
        """``by``: who, and what their clock showed."""
        for register, value in values.items():
            self.saves.append(Save(pc, week, record, register, value, *by))

    def lacking(self, revisions: Iterable[Revision]) -> list[Save]:
        """What is not among these revisions."""
        said = set()
        for one in revisions:
            for name, value in one.registers.items():
                for shown in (canonical(value), b""):
                    said.add((one.record, name, shown, one.author, one.wall))
        return [save for save in self.saves if not save.among(said, (save.record, save.register) in self.erased)]

    def forgive(self, pc: str, since: int, revisions: Iterable[Revision]) -> None:
        """A disk is gone: what this PC did since and these revisions do not hold can come back from nowhere."""
        gone = {save for save in self.lacking(revisions) if save.pc == pc and save.week >= since}
        self.forgiven += len(gone)
        self.saves = [save for save in self.saves if save not in gone]
