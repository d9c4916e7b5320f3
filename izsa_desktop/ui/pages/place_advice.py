"""Which district a point, a line or an area lies in, and what to say about it. A proposal: the person's choice wins."""

from PySide6.QtCore import QObject

from izsa_desktop.domain.project import Location
from izsa_desktop.domain.reference import District
from izsa_desktop.domain.shape import LINE, Shape
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.pages.editor import Editor
from izsa_desktop.usecases.mapping import ShapeAdvice, advise_shape, propose_district


class PlaceAdvice(QObject):
    """Watches the place and the drawing in the form."""

    def __init__(self, desk: Desk, editor: Editor) -> None:
        super().__init__(editor)
        self._desk, self._form = desk, editor.form
        self._form.edited.connect(self._edited)

    def _edited(self, name: str) -> None:
        if name in ("location", "district"):
            self._ask_place(name == "location")
        if name in ("shape", "district"):
            self._ask_shape(name == "shape")

    def _ask_place(self, moved: bool) -> None:
        place = self._form.location.value()
        if not isinstance(place, Location):
            return
        workplace = self._desk.workplace
        self._desk.tasks.run(
            self._form,
            lambda: propose_district(workplace, place.lat, place.lon),
            lambda found: self._advise_place(place, found, moved),
        )

    def _ask_shape(self, moved: bool) -> None:
        shape = self._form.shown_value("shape")
        if not isinstance(shape, Shape) or "shape" not in self._form.rows:
            return
        workplace = self._desk.workplace
        self._desk.tasks.run(
            self._form,
            lambda: advise_shape(workplace, shape),
            lambda advice: self._advise_shape(shape, advice, moved),
        )

    def _advise_place(self, place: Location, found: District | None, moved: bool) -> None:
        if self._form.location.value() != place:
            return
        t, row = self._desk.t, self._form.rows["location"]
        if found is None:
            row.say(t("form.outside_province"), "warn")
        elif self._fits(found):
            row.say(t("form.point_in", district=found.name), "soft")
        elif not self._desk.office:
            row.say(t("form.outside_own", district=found.name), "warn")
        elif not self._chosen and moved:
            self._take(found)
            row.say(t("form.district_filled", district=found.name), "soft")
        else:
            self._warn("location", t("form.district_differs", **self._names(found)), found)

    def _advise_shape(self, shape: Shape, advice: ShapeAdvice, moved: bool) -> None:
        if self._form.shown_value("shape") != shape:
            return
        t, row, found = self._desk.t, self._form.rows["shape"], advice.district
        if advice.crosses_itself:
            row.say(t("drawing.crosses_itself"), "warn")
        elif found is None:
            row.say(t("drawing.line_outside") if shape.type == LINE else t("drawing.area_outside"), "warn")
        elif self._fits(found):
            row.say(self._where(shape, advice.percent, found), "soft")
        elif not self._desk.office:
            row.say(t("drawing.outside_own", district=found.name), "warn")
        elif not self._chosen and moved:
            self._take(found)  # which asks again, and says where the drawing is
        else:
            self._warn("shape", t("drawing.district_differs", **self._names(found)), found)

    def _where(self, shape: Shape, percent: int, found: District) -> str:
        t, line = self._desk.t, shape.type == LINE
        if percent == 100:
            return t("drawing.line_in", district=found.name) if line else t("drawing.area_in", district=found.name)
        if line:
            return t("drawing.line_mostly", district=found.name, percent=percent)
        return t("drawing.area_mostly", district=found.name, percent=percent)

    @property
    def _chosen(self) -> str:
        chosen: str = self._form.field("district").value()
        return chosen

    def _fits(self, found: District) -> bool:
        return self._chosen in (found.code, self._desk.workplace.reference.province.code)

    def _names(self, found: District) -> dict[str, str]:
        return {"found": found.name, "chosen": self._desk.workplace.reference.district_name(self._chosen)}

    def _warn(self, name: str, sentence: str, found: District) -> None:
        take = self._desk.t("form.take_district", district=found.name)
        self._form.rows[name].say(sentence, "warn", take, lambda: self._take(found))

    def _take(self, found: District) -> None:
        district = self._form.field("district")
        district.set_value(found.code)
        district.edited.emit()
