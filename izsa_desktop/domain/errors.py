"""Failures we know, one class each, carrying their facts as fields.

The sentence that a person reads is not here: it is ``error.<key>`` in the translations, filled from the fields. A test
proves that no sentence is missing. ``exit_code`` is the command line's (see docs/cli.md). Anything that is not a
``KnownError`` is a bug and is reported as one.
"""

from dataclasses import dataclass
from typing import ClassVar


class KnownError(Exception):
    """A failure with a sentence that says what to do."""

    key: ClassVar[str]
    exit_code: ClassVar[int] = 1

    def facts(self) -> dict[str, object]:
        """The values that the sentence names."""
        return dict(self.__dict__)

    def __str__(self) -> str:
        return f"{self.key} {self.facts()}"


class Cancelled(Exception):
    """A person pressed cancel. Nothing was changed."""


# --- the workplace -------------------------------------------------------------------------------------------------


@dataclass
class NoWorkplace(KnownError):
    key = "no_workplace"
    folder: str


@dataclass
class WorkplaceExists(KnownError):
    key = "workplace_exists"
    folder: str


@dataclass
class WorkplaceBusy(KnownError):
    key = "workplace_busy"
    exit_code = 20
    folder: str


@dataclass
class FolderNotWritable(KnownError):
    key = "folder_not_writable"
    exit_code = 20
    folder: str
    problem: str


@dataclass
class KeyUnusable(KnownError):
    key = "key_unusable"
    exit_code = 20
    file: str
    problem: str


@dataclass
class DatabaseDamaged(KnownError):
    key = "database_damaged"
    exit_code = 20
    file: str
    problem: str


@dataclass
class DatabaseTooNew(KnownError):
    key = "database_too_new"
    exit_code = 17
    found: int
    known: int


@dataclass
class DiskProblem(KnownError):
    key = "disk_problem"
    exit_code = 20
    problem: str


@dataclass
class FileProblem(KnownError):
    key = "file_problem"
    file: str
    problem: str


@dataclass
class FileTaken(KnownError):
    key = "file_taken"
    file: str


@dataclass
class OfficeOnly(KnownError):
    key = "office_only"


@dataclass
class DistrictOnly(KnownError):
    key = "district_only"


# --- records --------------------------------------------------------------------------------------------------------


@dataclass
class BadField(KnownError):
    """A value that cannot be stored. ``problem`` is a key ``field_problem.<problem>`` with ``value`` and ``limit``."""

    key = "bad_field"
    field: str
    problem: str
    value: str = ""
    limit: int = 0


@dataclass
class BadLine(KnownError):
    """A line of an input file that cannot be read; ``reason`` says why, and nothing of the file was stored."""

    key = "bad_line"
    line: int
    reason: KnownError
    stored: int


@dataclass
class NotJson(KnownError):
    key = "not_json"
    problem: str


@dataclass
class UnknownDistrict(KnownError):
    key = "unknown_district"
    name: str


@dataclass
class NotYourDistrict(KnownError):
    key = "not_your_district"
    name: str
    own: str


@dataclass
class NoSuchProject(KnownError):
    key = "no_such_project"
    id: str


@dataclass
class NothingSelected(KnownError):
    key = "nothing_selected"


@dataclass
class NoRenderer(KnownError):
    key = "no_renderer"
    exit_code = 20
    problem: str


# --- bundles: the exit codes are a public contract ------------------------------------------------------------------


@dataclass
class Refused(KnownError):
    """A file from outside that is not let in. ``reason`` is a key ``refused.<reason>``; ``detail`` fills it."""

    key = "refused"
    reason: str
    detail: str = ""


class BadSignature(Refused):
    exit_code = 10


class Untrusted(Refused):
    exit_code = 11


class NotAuthorised(Refused):
    exit_code = 12


class Replayed(Refused):
    exit_code = 13


class Malformed(Refused):
    exit_code = 15


class OverLimit(Refused):
    exit_code = 16


class TooNew(Refused):
    exit_code = 17


class WrongAddressee(Refused):
    exit_code = 18
