"""The directorate or office that runs a project: typed freely, completed from common names and from what was used."""

from collections.abc import Iterable

from izsa_desktop.domain.reference import Vocabulary
from izsa_desktop.domain.text import fold
from izsa_desktop.ui.widgets.fields import LineField
from izsa_desktop.ui.widgets.finder import Offer, OfferCompleter


class UnitField(LineField):
    """One line of text. Offers are found in Turkish and English; the Turkish name is what is taken."""

    def __init__(self, words: Vocabulary, placeholder: str, limit: int = 200) -> None:
        super().__init__(placeholder, limit)
        self._common = {term.code: " ".join(fold(label) for label in term.label.values()) for term in words}
        self._names = dict(self._common)
        self.offers = OfferCompleter(self, self._find, keeps_text=False)
        self.offers.activated.connect(lambda _text: self.edited.emit())

    def set_used(self, names: Iterable[str]) -> None:
        """What this workplace has used before is offered first."""
        used = dict.fromkeys(name.strip() for name in names if name.strip())
        self._names = {name: self._common.get(name, fold(name)) for name in used} | {
            name: text for name, text in self._common.items() if name not in used
        }

    def _find(self, text: str) -> list[Offer]:
        words = fold(text).split()
        return [Offer(name, name) for name, names in self._names.items() if all(word in names for word in words)]
