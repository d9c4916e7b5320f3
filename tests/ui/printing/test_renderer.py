"""The renderer is a closed world, lets itself be cancelled, and ends with a sentence when it cannot go on."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pypdfium2
import pytest
from PySide6.QtWebEngineCore import QWebEnginePage
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.errors import NoRenderer
from izsa_desktop.reports.sheet import sheet_html
from izsa_desktop.ui.printing.job import PrintJob
from izsa_desktop.ui.printing.renderer import WebEngineRenderer
from tests.reports.samples import REFERENCE, demo_projects


class Site(HTTPServer):
    """A web site on this machine that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"body { color: red }")

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def page_of(job: PrintJob) -> QWebEnginePage:
    page = job.findChild(QWebEnginePage)
    assert page is not None
    return page


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def test_a_document_loads_nothing_and_runs_nothing(qtbot: QtBot, site: Site) -> None:
    html = f"""<!DOCTYPE html><title>x</title>
        <link rel=stylesheet href="{site.address}/a.css"><style>@import "{site.address}/b.css";</style>
        <img src="{site.address}/c.png"><iframe src="{site.address}/d.html"></iframe><iframe src="file:///etc/passwd"></iframe>
        <object data="{site.address}/e.pdf"></object><body onload="document.body.textContent='ran'">
        <p>önce</p><script>document.body.textContent = 'ran'</script><script src="{site.address}/f.js"></script>"""
    text = text_of(WebEngineRenderer().pdf(html))
    assert "önce" in text
    assert "ran" not in text
    assert "root:" not in text
    assert site.asked == []


def test_the_site_of_this_test_does_answer(site: Site) -> None:
    import urllib.request

    with urllib.request.urlopen(f"{site.address}/a.css") as answer:
        assert answer.read() == b"body { color: red }"
    assert site.asked == ["/a.css"]


def test_a_document_of_more_than_two_megabytes(qtbot: QtBot) -> None:
    html = "<!DOCTYPE html><title>x</title>" + "<!-- " + "x" * 3_000_000 + " --><p>sonunda</p>"
    assert "sonunda" in text_of(WebEngineRenderer().pdf(html))


def test_a_job_gives_the_pages_without_blocking(qtbot: QtBot) -> None:
    job = PrintJob("<p>merhaba</p>")
    assert job.running
    with qtbot.waitSignal(job.done) as done:
        pass
    assert "merhaba" in text_of(done.args[0])
    assert not job.running


@pytest.mark.parametrize("loaded", [False, True], ids=["while loading", "while printing"])
def test_a_cancelled_job_reports_nothing_and_the_next_one_works(qtbot: QtBot, loaded: bool) -> None:
    job = PrintJob(sheet_html(demo_projects(60), REFERENCE, "tr"))
    reports: list[object] = []
    job.done.connect(reports.append)
    job.failed.connect(reports.append)
    if loaded:
        with qtbot.waitSignal(page_of(job).loadFinished):
            pass
    with qtbot.waitSignal(job.destroyed, timeout=1000):
        job.cancel()
    job.cancel()
    assert not job.running
    assert "sonra" in text_of(WebEngineRenderer().pdf("<p>sonra</p>"))
    assert reports == []


def test_a_renderer_that_dies_is_a_known_failure(qtbot: QtBot) -> None:
    job = PrintJob(sheet_html(demo_projects(60), REFERENCE, "tr"))
    page = page_of(job)
    with qtbot.waitSignal(page.loadFinished):
        pass
    with qtbot.waitSignal(job.failed) as failed:
        os.kill(page.renderProcessPid(), signal.SIGTERM)
    assert isinstance(failed.args[0], NoRenderer)
    assert not job.running
    assert "sonra" in text_of(WebEngineRenderer().pdf("<p>sonra</p>"))


def test_on_the_command_line_it_needs_no_application_no_screen_and_says_nothing() -> None:
    program = (
        "from izsa_desktop.ui.printing.renderer import WebEngineRenderer as R;"
        "a, b = R().pdf('<p>bir</p>'), R().pdf('<p>iki</p>');"
        "print(a[:5], b[:5])"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("QT", "QSG")) and k != "DISPLAY"}
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=False
    )
    assert (ended.stdout, ended.stderr, ended.returncode) == ("b'%PDF-' b'%PDF-'\n", "", 0)
