"""A web profile without memory and without a network, and pages that cannot leave it.

Guarantee: whatever a page's script tries, no request of another scheme than ``izsa:`` (and ``data:``) goes out, no file
is read, nothing is written, no permission is granted, no window opened. Each hurdle stands alone: the scheme's closed
table, the interceptor, the page's content security policy, the navigation lock.
"""

import logging

import shiboken6
from PySide6.QtCore import QBuffer, QIODevice, QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlSchemeHandler,
)

from izsa_desktop.ui.web.scheme import HOST, SCHEME
from izsa_desktop.ui.web.served import ServedFiles
from izsa_desktop.ui.web.tiles import TileDoor

_log = logging.getLogger(__name__)
_ALLOWED = frozenset({SCHEME, "data"})

_Attribute = QWebEngineSettings.WebAttribute
_OFF = (
    _Attribute.LocalStorageEnabled,
    _Attribute.LocalContentCanAccessRemoteUrls,
    _Attribute.LocalContentCanAccessFileUrls,
    _Attribute.JavascriptCanOpenWindows,
    _Attribute.JavascriptCanAccessClipboard,
    _Attribute.HyperlinkAuditingEnabled,
    _Attribute.PluginsEnabled,
    _Attribute.PdfViewerEnabled,
    _Attribute.FullScreenSupportEnabled,
    _Attribute.ScreenCaptureEnabled,
    _Attribute.WebGLEnabled,
    _Attribute.AutoLoadIconsForPage,
    _Attribute.DnsPrefetchEnabled,
    _Attribute.NavigateOnDropEnabled,
    _Attribute.AllowRunningInsecureContent,
    _Attribute.AllowGeolocationOnInsecureOrigins,
    _Attribute.ErrorPageEnabled,
)


class SchemeHandler(QWebEngineUrlSchemeHandler):
    """Answers ``izsa://app/…`` from the table, GET only; everything else is "not found"."""

    def __init__(self, files: ServedFiles, tiles: TileDoor | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._tiles = tiles

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        url = job.requestUrl()
        if url.host() == HOST and self._files.wait(url.path(), lambda: self._answer(job)):
            return
        self._answer(job)

    def _answer(self, job: QWebEngineUrlRequestJob) -> None:
        if not shiboken6.isValid(job):  # whoever asked has gone meanwhile
            return
        url = job.requestUrl()
        allowed = job.requestMethod() == b"GET" and url.host() == HOST
        found = self._files.get(url.path()) if allowed else None
        if found is None and allowed and self._tiles and self._tiles.serve(url.path(), job):
            return
        if found is None:
            _log.warning("refused to answer %s", url.toDisplayString())
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        kind, body = found
        buffer = QBuffer(job)
        buffer.setData(body)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(kind.encode(), buffer)


class Interceptor(QWebEngineUrlRequestInterceptor):
    """Refuses every request of a foreign scheme and remembers it; ``allowed`` counts the others by scheme."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.refused: list[str] = []
        self.allowed: dict[str, int] = {}

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        url = info.requestUrl()
        if url.scheme() in _ALLOWED:
            self.allowed[url.scheme()] = self.allowed.get(url.scheme(), 0) + 1
            return
        self.refused.append(url.toString())
        _log.warning("refused a request to %s", url.toDisplayString())
        info.block(True)


class LockedProfile(QWebEngineProfile):
    """An off-the-record profile that knows ``files``, and ``tiles``, and nothing else. It must outlive its pages."""

    def __init__(self, files: ServedFiles, tiles: TileDoor | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.interceptor = Interceptor(self)
        self._handler = SchemeHandler(files, tiles, self)
        self.setUrlRequestInterceptor(self.interceptor)
        self.installUrlSchemeHandler(SCHEME.encode(), self._handler)
        self.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
        self.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
        self.setSpellCheckEnabled(False)
        for attribute in _OFF:
            self.settings().setAttribute(attribute, False)
        self.downloadRequested.connect(_cancel)


class LockedPage(QWebEnginePage):
    """A page that stays where the program put it."""

    def __init__(self, profile: LockedProfile, parent: QObject) -> None:
        super().__init__(profile, parent)
        self._home = QUrl()
        self.permissionRequested.connect(QWebEnginePermission.deny)
        self.newWindowRequested.connect(lambda _request: None)  # not opened in anything: it comes to nothing

    def open(self, address: str) -> None:
        """Load an address of our scheme; from now on the only one this page may show."""
        self._home = QUrl(address)
        self.load(self._home)

    def acceptNavigationRequest(self, url: QUrl | str, _type: QWebEnginePage.NavigationType, main_frame: bool) -> bool:
        if main_frame and QUrl(url) == self._home:
            return True
        _log.warning("refused to go to %s", QUrl(url).toDisplayString())
        return False

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str
    ) -> None:
        info = QWebEnginePage.JavaScriptConsoleMessageLevel.InfoMessageLevel
        _log.log(logging.INFO if level == info else logging.WARNING, "page: %s (%s:%d)", message, source, line)

    def javaScriptAlert(self, _origin: QUrl | str, message: str) -> None:
        _log.warning("page alert: %s", message)

    def javaScriptConfirm(self, _origin: QUrl | str, message: str) -> bool:
        _log.warning("page confirm: %s", message)
        return False


def _cancel(download: QWebEngineDownloadRequest) -> None:
    _log.warning("refused a download of %s", download.url().toDisplayString())
    download.cancel()
