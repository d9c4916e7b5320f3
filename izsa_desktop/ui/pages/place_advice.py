"""Which district a point lies in, and what to say about it. A proposal: the person's choice wins."""

from PySide6.QtCore import QObject

from izsa_desktop.domain.project import Location
from izsa_desktop.domain.reference import District
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.pages.editor import Editor
from izsa_desktop.usecases.mapping import propose_district


class PlaceAdvice(QObject):
    """Watches the place in the form."""

    def __init__(self, desk: Desk, editor: Editor) -> None:
        super().__init__(editor)
        self._desk, self._form, self._editor = desk, editor.form, editor
        self._form.edited.connect(self._edited)

    def picked(self, lat: float, lon: float) -> None:
        """A person has shown the place on the map."""
        if self._editor.is_open and not self._editor.read_only:
            self._form.pick_place(Location(lat, lon))

    def _edited(self, name: str) -> None:
        if name not in ("location", "district"):
            return
        place = self._form.location.value()
        if not isinstance(place, Location):
            return
        workplace = self._desk.workplace
        self._desk.tasks.run(
            self._form,
            lambda: propose_district(workplace, place.lat, place.lon),
            lambda found: self._advise(place, found, name == "location"),
        )

    def _advise(self, place: Location, found: District | None, moved: bool) -> None:
        if self._form.location.value() != place:
            return
        t, row = self._desk.t, self._form.rows["location"]
        district = self._form.field("district")
        chosen = district.value()
        province = self._desk.workplace.reference.province.code
        if found is None:
            row.say(t("form.outside_province"), "warn")
        elif chosen in (found.code, province):
            row.say(t("form.point_in", district=found.name), "soft")
        elif not self._desk.office:
            row.say(t("form.outside_own", district=found.name), "warn")
        elif not chosen and moved:
            self._take(found)
            row.say(t("form.district_filled", district=found.name), "soft")
        else:
            names = {"found": found.name, "chosen": self._desk.workplace.reference.district_name(chosen)}
            row.say(
                t("form.district_differs", **names),
                "warn",
                t("form.take_district", district=found.name),
                lambda: self._take(found),
            )

    def _take(self, found: District) -> None:
        district = self._form.field("district")
        district.set_value(found.code)
        district.edited.emit()
