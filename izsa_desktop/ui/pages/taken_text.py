"""What came of taking files in, in a few sentences."""

from collections.abc import Sequence

from izsa_desktop.domain.errors import KnownError
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.brought import beside, together
from izsa_desktop.usecases.exchange import Received
from izsa_desktop.usecases.quarantine import worth_keeping
from izsa_desktop.usecases.taking import OfficeNews, Taken


def taken_text(taken: Taken, t: Translator) -> tuple[str, str]:
    """The sentences, and their tone (``good``, ``warn``)."""
    good = [item for item in taken.received if item.refusal is None and not item.known]
    said = []
    if taken.news is None:
        said += _merged(good, t)
    elif good:
        said += _news(taken.news, good, t)
    kept = sum(worth_keeping(item.refusal) for item in taken.received)
    if kept:
        said.append(t("exchange.kept_now", count=kept))
    other: list[KnownError] = [item.refusal for item in taken.received if item.refusal is not None]
    if len(other) > kept:
        said.append(t("exchange.not_taken", count=len(other) - kept))
    if any(item.missing for item in good):
        said.append(t("exchange.some_missing"))
    trouble = bool(other) or any(item.missing for item in good)
    return " ".join(said) or t("exchange.nothing_changed"), "warn" if trouble else "good"


def _merged(good: Sequence[Received], t: Translator) -> list[str]:
    if not good:
        return []
    new, changed, deleted = (sum(getattr(item, name) for item in good) for name in ("new", "changed", "deleted"))
    said = [t("exchange.merged", count=len(good), new=new, changed=changed)]
    if deleted:
        said.append(t("exchange.merged_deleted", count=deleted))
    if also := beside(together(item.brought for item in good), t):
        said.append(t("beside.also", what=", ".join(also)))
    return said


def _news(news: OfficeNews, good: Sequence[Received], t: Translator) -> list[str]:
    said = [t("exchange.answer_taken")]
    if news.confirmed:
        said.append(t("exchange.confirmed_to", seq=news.confirmed))
    if news.reviewed:
        said.append(t("exchange.reviewed", count=news.reviewed))
    if news.notes:
        said.append(t("coaching.came", count=news.notes))
    if news.asked:
        said.append(t("joint.came", count=news.asked))
    if projects := sum(item.new + item.changed for item in good):
        said.append(t("exchange.projects_came", count=projects))
    if news.catalogue:
        said.append(t("exchange.catalogue_came", count=news.catalogue))
    said.append(t("exchange.list_came", version=news.list_version, count=news.enrolled))
    if news.reopen:
        said.append(t("layers.reopen"))
    return said
