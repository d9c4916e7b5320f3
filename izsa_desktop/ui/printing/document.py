"""The closed world in which a document is rendered: it is served from memory, and it can load nothing else.

The profile keeps nothing on disk, scripts are off, and every request but the document's own is refused.
"""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlSchemeHandler,
)

from izsa_desktop.ui.web.scheme import ORIGIN, SCHEME

DOCUMENT = QUrl(f"{ORIGIN}/print")
_ALLOWED = ("data", "about")


class _Server(QWebEngineUrlSchemeHandler):
    """Answers the document's address with the document. ``setHtml`` would stop at 2 MB."""

    def __init__(self, html: str, parent: QObject) -> None:
        super().__init__(parent)
        self._html = QByteArray(html.encode("utf-8"))

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        if job.requestUrl() != DOCUMENT:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        answer = QBuffer(job)
        answer.setData(self._html)
        answer.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(QByteArray(b"text/html; charset=utf-8"), answer)


class _Guard(QWebEngineUrlRequestInterceptor):
    """Refuses every request but the document's own."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        url = info.requestUrl()
        info.block(url != DOCUMENT and url.scheme() not in _ALLOWED)


class DocumentProfile(QWebEngineProfile):
    """An off-the-record profile that knows one document."""

    def __init__(self, html: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.installUrlSchemeHandler(SCHEME.encode(), _Server(html, self))
        self.setUrlRequestInterceptor(_Guard(self))


class DocumentPage(QWebEnginePage):
    """A page without scripts, plugins or new windows. The profile must outlive it."""

    def __init__(self, profile: DocumentProfile, parent: QObject) -> None:
        super().__init__(profile, parent)
        wanted = QWebEngineSettings.WebAttribute
        for attribute in (
            wanted.JavascriptEnabled,
            wanted.PluginsEnabled,
            wanted.LocalStorageEnabled,
            wanted.LocalContentCanAccessFileUrls,
            wanted.LocalContentCanAccessRemoteUrls,
            wanted.AutoLoadIconsForPage,
        ):
            self.settings().setAttribute(attribute, False)
        self.settings().setAttribute(wanted.PrintElementBackgrounds, True)
