"""What is filtered by, as chips that take it away again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from izsa_desktop.domain.filter import FACETS, ProjectFilter
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.flow_layout import FlowLayout
from izsa_desktop.ui.widgets.text import for_button, plain_tip
from izsa_desktop.usecases.filter_names import FilterNames

_LONGEST = 24


class FilterChips(QWidget):
    """One chip for each wanted value; hidden when there is none."""

    removed = Signal(str, str)
    """A facet and a code that is wanted no more."""
    bin_left = Signal()

    def __init__(self, names: FilterNames, t: Translator) -> None:
        super().__init__()
        self._names, self._t = names, t
        self.chips: dict[tuple[str, str], QPushButton] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self)
        self.hide()

    def show_filter(self, wanted: ProjectFilter) -> None:
        """Shows what this filter wants."""
        keys = [(facet, code) for facet in FACETS for code in wanted.chosen(facet)]
        keys += [("bin", "")] if wanted.deleted else []
        for key in [key for key in self.chips if key not in keys]:
            chip = self.chips.pop(key)
            self._flow.removeWidget(chip)
            chip.deleteLater()
        for key in keys:
            if key not in self.chips:
                self.chips[key] = self._make(*key)
                self._flow.addWidget(self.chips[key])
                self.chips[key].show()
        self.setVisible(bool(keys))
        self.updateGeometry()

    def _make(self, facet: str, code: str) -> QPushButton:
        in_bin = facet == "bin"
        name = self._t("list.bin") if in_bin else self._names.value(facet, code)
        whole = name if in_bin else f"{self._names.facet(facet)}: {name}"
        chip = QPushButton(for_button(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"))
        chip.setProperty("role", "chip")
        chip.setProperty("filter", True)
        chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        chip.setToolTip(plain_tip(self._t("finding.remove", what=whole)))
        chip.setAccessibleName(self._t("finding.remove", what=whole))
        icons.put(chip, "x", "accent", 11)
        chip.clicked.connect(self.bin_left if in_bin else lambda: self.removed.emit(facet, code))
        return chip
