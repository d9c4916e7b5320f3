"""What tests do on the pages of the exchange."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QWidget

from izsa_desktop.ui.pages.receive_page import ReceivePage
from izsa_desktop.ui.pages.send_page import SendPage
from izsa_desktop.ui.widgets.log_list import LogList
from izsa_desktop.ui.widgets.text import ElidedLabel
from izsa_desktop.ui.workspace import EXCHANGE
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.workplace import open_workplace
from tests.ui.window import Bench
from tests.usecases.line import Line, enter, export, merge

D = TypeVar("D", bound=QDialog)


def sending(b: Bench) -> SendPage:
    b.workspace.go_to(EXCHANGE)
    b.settle()
    page = b.workspace.exchange
    assert isinstance(page, SendPage)
    return page


def receiving(b: Bench) -> ReceivePage:
    b.workspace.go_to(EXCHANGE)
    b.settle()
    page = b.workspace.exchange
    assert isinstance(page, ReceivePage)
    return page


def headings(rows: LogList) -> list[str]:
    """The strong line of every row."""
    return [row.findChildren(ElidedLabel)[0].text() for row in rows.rows]


def said(rows: LogList) -> list[tuple[str, ...]]:
    """What every row says besides."""
    return [row.said for row in rows.rows]


def in_sight(widget: QWidget) -> bool:
    """Whole, in the part of the page that is scrolled to."""
    return widget.visibleRegion().boundingRect().height() == widget.height()


def dialog(b: Bench, kind: type[D]) -> D:
    """The dialog of this kind that is open."""
    [found] = [one for one in b.opened.window.findChildren(kind) if one.isVisible()]
    return found


def no_dialog(b: Bench) -> bool:
    return not [one for one in b.opened.window.findChildren(QDialog) if one.isVisible()]


def put_away(folder: Path, ids: Sequence[str]) -> None:
    """Deletes projects."""
    with open_workplace(folder) as workplace:
        for id_ in ids:
            projects.delete_project(workplace, id_)


def many_deleted(line: Line, target: Path) -> Path:
    """Konak's second bundle, which puts 12 of 15 projects away; the first one is at the office."""
    ids = enter(line.konak, *(f"Durak {n}" for n in range(15)))
    merge(line.office, export(line.konak, line.folder / "k1.izsa"))
    put_away(line.konak, ids[:12])
    return export(line.konak, target)
