"""What a person reads of a failure: a known one in its sentence, a bug as an apology and a report to copy."""

import platform
import traceback

from PySide6.QtCore import qVersion

from izsa_desktop import __version__
from izsa_desktop.domain.errors import KnownError
from izsa_desktop.i18n import Translator


def sentence(t: Translator, error: Exception) -> str:
    """One translated sentence or two that say what happened and what to do."""
    return t.error(error) if isinstance(error, KnownError) else t("notify.unexpected")


def report(error: Exception) -> str:
    """The technical report of a bug, in English, without anything a person has entered but what the error says."""
    head = f"İZSA Desktop {__version__} · Qt {qVersion()} · Python {platform.python_version()} · {platform.platform()}"
    return head + "\n\n" + "".join(traceback.format_exception(error))
