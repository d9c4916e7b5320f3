"""Charts on paper: vectors, with text that can be searched, in the document's typeface."""

import io

import pypdf
from pytestqt.qtbot import QtBot

from izsa_desktop.charts.bars import balance
from izsa_desktop.charts.look import PAPER, Part, Slice, Stack
from izsa_desktop.charts.wheel import goal_wheel
from izsa_desktop.reports.fonts import font_face_css
from izsa_desktop.ui.printing.renderer import WebEngineRenderer


def test_a_chart_is_drawn_as_vectors_with_text(qtbot: QtBot) -> None:
    wheel = goal_wheel([Slice("13", 40, "#3f7e44"), Slice("11", 27, "#fd9d24")], centre="67", below="işbirliği")
    bars = balance(
        [Stack("Çeşme", (60, 20, 20, 0))], [Part(name, c) for name, c in zip("ĞÜŞİ", PAPER.series, strict=True)]
    )
    html = f"<!doctype html><title>x</title><style>{font_face_css()} svg {{ width: 90mm }}</style>{wheel}{bars}"
    [page] = pypdf.PdfReader(io.BytesIO(WebEngineRenderer().pdf(html))).pages
    words = page.extract_text().split()
    assert {"13", "40", "11", "27", "67", "işbirliği", "Çeşme", "60", "Ğ", "İ"} <= {*words}
    assert not page.images
    fonts = {str(one.get_object()["/BaseFont"]) for one in page["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert fonts
    assert all("Inter" in name for name in fonts)
