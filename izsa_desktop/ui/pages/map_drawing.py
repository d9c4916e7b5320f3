"""Joins form and map while something is set on the map: the form holds the value, the map shows and changes it."""

from PySide6.QtCore import QObject

from izsa_desktop.domain.project import Location
from izsa_desktop.domain.shape import AREA, Shape
from izsa_desktop.ui.pages.columns import Columns
from izsa_desktop.ui.pages.editor import Editor
from izsa_desktop.ui.pages.map_pane import MapPane
from izsa_desktop.ui.widgets.shape_field import TOOL_AREA

_POINT = "point"


class MapDrawing(QObject):
    """Hands the tools' steps on, both ways."""

    def __init__(self, editor: Editor, map_: MapPane, columns: Columns, own_body: str) -> None:
        """``own_body``: where the map goes while the project names no district."""
        super().__init__(editor)
        self._editor, self._form, self._map, self._columns, self._own = editor, editor.form, map_, columns, own_body
        self._tool = ""
        self._told: Location | Shape | None = None
        """What the map has said last: the form need not say it again."""
        self._form.tool_wanted.connect(self._use)
        self._form.edited.connect(self._edited)
        map_.place_picked.connect(self._picked)
        map_.view.shape_drawn.connect(self._drawn)
        map_.view.tool_wanted.connect(self._chosen)

    def _use(self, tool: str) -> None:
        """A person wants this tool; none ends it."""
        self._tool = tool
        self._columns.want_map(bool(tool))
        if not tool:
            self._map.stop_editing()
            return
        district = str(self._form.field("district").value() or self._own)
        if tool == _POINT:
            place = self._form.location.value()
            self._map.start_picking(place if isinstance(place, Location) else None, district)
        else:
            shape = self._form.shown_value("shape")
            kept = shape if shape is not None and (shape.type == AREA) == (tool == TOOL_AREA) else None
            self._told = kept
            self._map.view.start_drawing(tool, kept, district)

    def _chosen(self, tool: str) -> None:
        """A person chose a tool above the map."""
        if self._editor.is_open and not self._editor.read_only:
            self._form.start_tool(tool)

    def _picked(self, lat: float, lon: float) -> None:
        if self._editor.is_open and not self._editor.read_only:
            self._form.pick_place(Location(lat, lon))

    def _drawn(self, shape: Shape | None) -> None:
        if self._tool in ("", _POINT) or not self._editor.is_open or self._editor.read_only:
            return
        self._told = shape
        self._form.field("shape").put(shape)

    def _edited(self, name: str) -> None:
        """Undone in the form, or taken away there: the map draws on from that."""
        if name == "shape" and self._tool not in ("", _POINT) and self._form.shown_value("shape") != self._told:
            self._use(self._tool)
