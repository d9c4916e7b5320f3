"""The program's own URL scheme: every page, script, style and font comes from ``izsa://app/…``, answered from memory.

The scheme is known to Chromium only when it is registered before the first web profile of the process is made; the
OpenGL attribute must be set before the QApplication. Therefore: call ``register_scheme()`` first thing.
"""

import os

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWebEngineCore import QWebEngineUrlScheme

SCHEME = "izsa"
HOST = "app"
ORIGIN = f"{SCHEME}://{HOST}"
_FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"
_NO_NETWORK = (
    '--host-resolver-rules="MAP * ~NOTFOUND"',
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
"""No name and no address can be found. ``<link rel=preconnect>`` opens a connection that neither a content security
policy nor a request interceptor sees; this stops it."""


def register_scheme() -> None:
    """Make ``izsa:`` a secure scheme with an origin of its own. May be called again; costs about 20 ms once."""
    if QWebEngineUrlScheme.schemeByName(SCHEME.encode()).name():
        return
    _allow_root()
    os.environ[_FLAGS] = " ".join((os.environ.get(_FLAGS, ""), *_NO_NETWORK)).strip()
    if QCoreApplication.instance() is None:
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    scheme = QWebEngineUrlScheme(SCHEME.encode())
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    flag = QWebEngineUrlScheme.Flag
    scheme.setFlags(flag.SecureScheme | flag.CorsEnabled | flag.FetchApiAllowed)
    QWebEngineUrlScheme.registerScheme(scheme)


def _allow_root() -> None:
    """Chromium's sandbox refuses to run as root; every other user keeps it."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
