"""A second start raises the first window: the open window listens, the second start rings and ends."""

import hashlib
import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 500


class Doorbell(QObject):
    """Listens for further starts on one folder; made only by whoever holds that workplace."""

    rung = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._open)
        QLocalServer.removeServer(_name(folder))  # what a killed window left: nobody else holds this workplace
        self._server.listen(_name(folder))

    def _open(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnectFromServer()
            socket.deleteLater()
            self.rung.emit()


def ring(folder: Path) -> bool:
    """Raises the window that has this folder open; False where there is none."""
    if sys.platform == "win32":  # only who was started by a person may hand the foreground on
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.waitForDisconnected(_WAIT_MS)
    return True


def _name(folder: Path) -> str:
    place = os.path.normcase(os.path.realpath(folder))
    return f"izsa-{hashlib.sha256(place.encode('utf-8', 'surrogateescape')).hexdigest()[:24]}"
