"""The closed world in which one document is rendered: served from memory, unable to run or load anything.

It stands on ``LockedProfile`` and adds a policy that the document cannot loosen, whatever its template says.
"""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtWebEngineCore import QWebEngineSettings, QWebEngineUrlRequestJob, QWebEngineUrlSchemeHandler

from izsa_desktop.ui.web.profile import LockedPage, LockedProfile
from izsa_desktop.ui.web.scheme import ORIGIN, SCHEME, register_scheme
from izsa_desktop.ui.web.served import ServedFiles

ADDRESS = f"{ORIGIN}/print.html"
_POLICY = b"default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; sandbox"


class _Document(QWebEngineUrlSchemeHandler):
    """Answers ``ADDRESS`` with the document. ``setHtml`` would stop at 2 MB and knows no policy."""

    def __init__(self, html: str, parent: QObject) -> None:
        super().__init__(parent)
        self._html = QByteArray(html.encode("utf-8"))

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        if job.requestUrl().toString() != ADDRESS:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        answer = QBuffer(job)
        answer.setData(self._html)
        answer.open(QIODevice.OpenModeFlag.ReadOnly)
        headers = {QByteArray(b"Content-Security-Policy"): [QByteArray(_POLICY)]}
        job.setAdditionalResponseHeaders(headers)  # type: ignore[arg-type]  # a multimap, which the stubs take for a map
        job.reply(b"text/html; charset=utf-8", answer)


class DocumentProfile(LockedProfile):
    """A profile that knows one document."""

    def __init__(self, html: str) -> None:
        register_scheme()
        super().__init__(ServedFiles())
        self.removeAllUrlSchemeHandlers()
        self.installUrlSchemeHandler(SCHEME.encode(), _Document(html, self))


class DocumentPage(LockedPage):
    """The document's page. Scripts are off."""

    def __init__(self, profile: DocumentProfile, parent: QObject) -> None:
        super().__init__(profile, parent)
        self.settings().setAttribute(QWebEngineSettings.WebAttribute.JavascriptEnabled, False)
