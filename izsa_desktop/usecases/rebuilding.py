"""The store from the archive: every bundle that ever came lies there as it came, and its verdict follows from the list.

What was received is taken out and put in again, in one transaction after a backup (``withdrawing``). What was written
here stays; what is kept aside is judged once more.
"""

from dataclasses import dataclass

from izsa_desktop.domain.errors import KnownError
from izsa_desktop.usecases import quarantine
from izsa_desktop.usecases.exchange import judge_again, take_in_again
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.upkeep import backup_before
from izsa_desktop.usecases.withdrawing import put_in_again, require_archive
from izsa_desktop.usecases.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What the archive gave: bundles taken in, bundles that do not count (any more), and saves that are here now."""

    bundles: int
    refused: int
    revisions: int


def rebuild(workplace: Workplace, progress: Progress = no_progress) -> Rebuilt:
    """Makes everything that was received anew from the verbatim bundles.

    Raises ArchiveIncomplete when a bundle that was taken in is not in the archive, and what the store raises; then
    nothing has changed.
    """
    with workplace.store.reading() as reader:
        require_archive(workplace, reader)
    backup_before(workplace, "rebuild")
    with workplace.store.writing() as writer:
        judged = put_in_again(workplace, writer, take_in_again, progress).judged
    quarantine.note_all(workplace, judged)
    outcomes: dict[str, KnownError | None] = {parcel.sha256: why for parcel, why in judged}
    outcomes |= {one.parcel.sha256: one.refusal for one in judge_again(workplace)}
    with workplace.store.reading() as reader:
        count = len(reader.revision_ids())
    refused = sum(why is not None for why in outcomes.values())
    return Rebuilt(len(outcomes) - refused, refused, count)
