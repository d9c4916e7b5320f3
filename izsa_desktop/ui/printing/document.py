"""The closed world in which one document is rendered: served from memory, unable to load anything.

It stands on ``LockedProfile`` and adds a policy that the document cannot loosen, whatever its template says, and under
which nothing runs. Only a drawing (``maps.alone``) runs the scripts whose hashes its own policy names.
"""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtWebEngineCore import QWebEngineSettings, QWebEngineUrlRequestJob, QWebEngineUrlSchemeHandler

from izsa_desktop.ui.web.profile import LockedPage, LockedProfile
from izsa_desktop.ui.web.scheme import ORIGIN, SCHEME, register_scheme
from izsa_desktop.ui.web.served import ServedFiles

ADDRESS = f"{ORIGIN}/print.html"
_POLICY = b"default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; sandbox"
_POLICY_OF_DRAWINGS = b"default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:"
"""Holds beside the drawing's own policy, which names each script."""


class _Document(QWebEngineUrlSchemeHandler):
    """Answers ``ADDRESS`` with the document. ``setHtml`` would stop at 2 MB and knows no policy."""

    def __init__(self, html: str, policy: bytes, parent: QObject) -> None:
        super().__init__(parent)
        self._html = QByteArray(html.encode("utf-8"))
        self._policy = QByteArray(policy)

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        if job.requestUrl().toString() != ADDRESS:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        answer = QBuffer(job)
        answer.setData(self._html)
        answer.open(QIODevice.OpenModeFlag.ReadOnly)
        headers = {QByteArray(b"Content-Security-Policy"): [self._policy]}
        job.setAdditionalResponseHeaders(headers)  # type: ignore[arg-type]  # a multimap, which the stubs take for a map
        job.reply(b"text/html; charset=utf-8", answer)


class DocumentProfile(LockedProfile):
    """A profile that knows one document; ``draws``: a drawing."""

    def __init__(self, html: str, *, draws: bool = False) -> None:
        register_scheme()
        super().__init__(ServedFiles())
        self.removeAllUrlSchemeHandlers()
        self.installUrlSchemeHandler(SCHEME.encode(), _Document(html, _POLICY_OF_DRAWINGS if draws else _POLICY, self))


class DocumentPage(LockedPage):
    """The document's page. Scripts are off, but for a drawing, which also gets frames though nobody sees it."""

    def __init__(self, profile: DocumentProfile, parent: QObject, *, draws: bool = False) -> None:
        super().__init__(profile, parent)
        self.settings().setAttribute(QWebEngineSettings.WebAttribute.JavascriptEnabled, draws)
        if draws:
            self.loadFinished.connect(lambda _ok: self.setVisible(True))  # said before, it is forgotten
