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
class WrongEnding(KnownError):
    """A file should have been written under a name that promises another format. ``endings``: those that fit."""

    key = "wrong_ending"
    file: str
    endings: str


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
class BadLocalGoals(KnownError):
    """``problem``: where in the list something is wrong, in technical words."""

    key = "bad_local_goals"
    problem: str


@dataclass
class LocalGoalGone(KnownError):
    key = "local_goal_gone"
    name: str


@dataclass
class NotJson(KnownError):
    """``at``: the character, from 1, at which it cannot be read."""

    key = "not_json"
    at: int


@dataclass
class NotAProject(KnownError):
    """JSON, but no object."""

    key = "not_a_project"


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
class OneBodyAlone(KnownError):
    """A joint programme that asks nobody but one body."""

    key = "one_body_alone"


@dataclass
class NoSuchProgramme(KnownError):
    """``id``: of a joint programme, as it was given."""

    key = "no_such_programme"
    id: str


@dataclass
class NoSuchRevision(KnownError):
    key = "no_such_revision"
    id: str


@dataclass
class NothingToErase(KnownError):
    """No save of the project says anything in this field, or what it says is what shall stay."""

    key = "nothing_to_erase"
    field: str
    """Its name in ``ProjectFields``, or in ``erasable.FIELDS``."""


@dataclass
class NoReason(KnownError):
    """An erasure needs a reason of one to ``limit`` characters: it is all that stays to tell of it."""

    key = "no_reason"
    limit: int


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

    @classmethod
    def noted(cls, reason: str, detail: str) -> "Refused":
        """A refusal as it was noted down, to be told again."""
        return cls(reason, detail)


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


# --- tables from outside --------------------------------------------------------------------------------------------


@dataclass
class TableTooBig(KnownError):
    """``limit`` in megabytes."""

    key = "table_too_big"
    file: str
    limit: int


@dataclass
class TableNotRecognised(KnownError):
    key = "table_not_recognised"
    file: str


@dataclass
class TableEncrypted(KnownError):
    key = "table_encrypted"
    file: str


@dataclass
class TableDamaged(KnownError):
    key = "table_damaged"
    file: str
    problem: str


@dataclass
class TableEmpty(KnownError):
    key = "table_empty"
    file: str


@dataclass
class SheetTooLarge(KnownError):
    """A sheet beyond ``rows`` filled rows, ``columns`` columns or too many cells altogether."""

    key = "sheet_too_large"
    name: str
    rows: int
    columns: int


@dataclass
class NoSuchSheet(KnownError):
    key = "no_such_sheet"
    name: str
    problem: str


@dataclass
class NoColumnsKnown(KnownError):
    """No header row was found: no column says what it is about."""

    key = "no_columns_known"
    file: str


@dataclass
class BadMapping(KnownError):
    key = "bad_mapping"
    file: str
    problem: str


@dataclass
class ImportOutdated(KnownError):
    """Projects were saved between the dry run and taking in."""

    key = "import_outdated"


@dataclass
class ImportGone(KnownError):
    """An import that cannot be undone any more: undone already, or the newest one is another."""

    key = "import_gone"


# --- the workplace's place and its backups ----------------------------------------------------------------------------


@dataclass
class OnNetworkDrive(KnownError):
    """A workplace where SQLite's locks and a power cut cannot be trusted."""

    key = "on_network_drive"
    exit_code = 20
    folder: str


@dataclass
class InSyncedFolder(KnownError):
    """A workplace that another program copies, renames and duplicates while it is in use."""

    key = "in_synced_folder"
    exit_code = 20
    folder: str
    service: str


@dataclass
class NoSuchBackup(KnownError):
    key = "no_such_backup"
    name: str


@dataclass
class BackupDamaged(KnownError):
    key = "backup_damaged"
    file: str
    problem: str


@dataclass
class BackupOfAnother(KnownError):
    """A backup of another municipality, or of another PC of the office."""

    key = "backup_of_another"
    file: str


# --- photos and documents ---------------------------------------------------------------------------------------------


@dataclass
class AttachmentRefused(KnownError):
    """A file that may not be attached. ``problem`` is a key ``attachment_problem.<problem>``."""

    key = "attachment_refused"
    file: str
    problem: str


@dataclass
class AttachmentDamaged(KnownError):
    """A stored file whose bytes are not those that were attached."""

    key = "attachment_damaged"
    name: str


@dataclass
class AttachmentMissing(KnownError):
    key = "attachment_missing"
    name: str


@dataclass
class BadLink(KnownError):
    key = "bad_link"
    name: str


# --- the passphrase of the signing key ------------------------------------------------------------------------------


@dataclass
class PassphraseNeeded(KnownError):
    """Something must be signed, the key is locked, and nobody has said the passphrase."""

    key = "passphrase_needed"


@dataclass
class WrongPassphrase(KnownError):
    key = "wrong_passphrase"


@dataclass
class KeyRenewed(KnownError):
    """Another program has given this PC a new key since this one opened the workplace."""

    key = "key_renewed"


@dataclass
class BadPassphrase(KnownError):
    """A new passphrase that is not taken: shorter than ``least`` or longer than ``most`` characters, or not visible."""

    key = "bad_passphrase"
    least: int
    most: int


# --- conflicts --------------------------------------------------------------------------------------------------------


@dataclass
class NotInConflict(KnownError):
    """``name``: the field in which there is nothing to choose, or not any more."""

    key = "not_in_conflict"
    name: str


@dataclass
class NoSuchChoice(KnownError):
    """``id``: a save, or a PC, that says none of what can be chosen."""

    key = "no_such_choice"
    id: str


@dataclass
class ChoiceIncomplete(KnownError):
    key = "choice_incomplete"
    exit_code = 2


# --- who is trusted --------------------------------------------------------------------------------------------------


@dataclass
class TooFewRoots(KnownError):
    """Of the keys that sign the list of PCs ``have`` are here and ``need`` are needed."""

    key = "too_few_roots"
    exit_code = 11
    have: int
    need: int


@dataclass
class NoSuchPc(KnownError):
    key = "no_such_pc"
    id: str


@dataclass
class OwnPc(KnownError):
    key = "own_pc"


@dataclass
class NoRootHere(KnownError):
    """The list of PCs is changed where a key lies that signs it; this PC of the office has none."""

    key = "no_root_here"
    exit_code = 11


@dataclass
class MayNotSpeak(KnownError):
    """A PC of the office that the list does not name as one that speaks for it."""

    key = "may_not_speak"
    exit_code = 11


@dataclass
class RoleNeeded(KnownError):
    """A request of a PC that wants to be one of the office's. ``fingerprint``: what is to be compared before."""

    key = "role_needed"
    exit_code = 11
    person: str
    fingerprint: str


@dataclass
class SignsTheList(KnownError):
    """The office's first PC needs no enrolment."""

    key = "signs_the_list"


@dataclass
class SetBack(KnownError):
    """This PC's database is older than what the office has of it: it was restored from an image. It needs a new key."""

    key = "set_back"


@dataclass
class OfficeSetBack(KnownError):
    """This PC of the office is older than what others have of it.

    ``name``: whose bundle shows it, or where its own are missing.
    """

    key = "office_set_back"
    name: str


@dataclass
class TooMuchAtOnce(KnownError):
    """A bundle that puts away or contradicts so much that a person is to look first."""

    key = "too_much_at_once"
    deleted: int
    conflicts: int


@dataclass
class FileChanged(KnownError):
    """A file that is not the one any more that was looked at."""

    key = "file_changed"
    file: str


@dataclass
class ExpectIncomplete(KnownError):
    key = "expect_incomplete"
    exit_code = 2


@dataclass
class NoReaders(KnownError):
    key = "no_readers"


@dataclass
class ArchiveIncomplete(KnownError):
    key = "archive_incomplete"
    name: str


# --- reference layers ------------------------------------------------------------------------------------------------


@dataclass
class BadOutlines(KnownError):
    """``problem``: what is wrong with the outlines, in technical words."""

    key = "bad_outlines"
    problem: str


@dataclass
class BadBaseMap(KnownError):
    """``problem``: what is wrong with a file of tiles, in technical words."""

    key = "bad_base_map"
    problem: str


@dataclass
class BadVocabularies(KnownError):
    """``problem``: where in the list something is wrong, in technical words."""

    key = "bad_vocabularies"
    problem: str


@dataclass
class TermGone(KnownError):
    key = "term_gone"
    name: str


# --- coaching --------------------------------------------------------------------------------------------------------


@dataclass
class NoSuchEntry(KnownError):
    """No record of coaching, of the kind that is wanted, has this id; or several begin so."""

    key = "no_such_entry"
    id: str


@dataclass
class BadLadder(KnownError):
    """``problem``: where in the file something is missing or no such thing: ``$.stages[0].name``."""

    key = "bad_ladder"
    problem: str


@dataclass
class StageNotHeld(KnownError):
    """``lowest``: the lowest stage with too few criteria met; ``problem``: the codes of those that are not."""

    key = "stage_not_held"
    stage: int
    problem: str
    lowest: int


@dataclass
class NothingToConfirm(KnownError):
    key = "nothing_to_confirm"


@dataclass
class NoSuchTemplate(KnownError):
    """``problem``: the names that there are."""

    key = "no_such_template"
    name: str
    problem: str


@dataclass
class StageIsSigned(KnownError):
    key = "stage_is_signed"


@dataclass
class StageSignedAlready(KnownError):
    """Both have signed this ``stage``, which holds today: what is proposed now is no more than that."""

    key = "stage_signed_already"
    stage: int


@dataclass
class NoNewestProposal(KnownError):
    """The proposal that was to be confirmed is not the newest one, which is of this ``stage``."""

    key = "no_newest_proposal"
    stage: int


@dataclass
class NotYourPath(KnownError):
    """A district looks at its own way alone, not at that of ``name``."""

    key = "not_your_path"
    name: str


# --- outputs ---------------------------------------------------------------------------------------------------------


@dataclass
class TableNewer(KnownError):
    key = "table_newer"
    exit_code = 17
    file: str


@dataclass
class NothingToExport(KnownError):
    """``found``: how many projects there were; of these ``not_approved``, and ``unfit`` for the format."""

    key = "nothing_to_export"
    found: int
    not_approved: int
    unfit: int


@dataclass
class BadOrgId(KnownError):
    key = "bad_org_id"
    name: str


@dataclass
class InsideWorkplace(KnownError):
    """A file should have been written where only the program writes."""

    key = "inside_workplace"
    file: str


# --- gaps ------------------------------------------------------------------------------------------------------------


@dataclass
class OtherDistrictsRow(KnownError):
    """Of ``name`` only what the network shows is known at the district ``own``."""

    key = "other_districts_row"
    name: str
    own: str


# --- what is printed -------------------------------------------------------------------------------------------------


@dataclass
class BadTemplate(KnownError):
    """``line`` is 0 where the file as a whole is meant."""

    key = "bad_template"
    file: str
    line: int
    problem: str


@dataclass
class BadLogo(KnownError):
    key = "bad_logo"
    file: str


@dataclass
class NothingToPrint(KnownError):
    """No project of those that were asked for may stand in this document."""

    key = "nothing_to_print"
