"""What keys are called where they are told: as they stand on keyboards in Türkiye and elsewhere.

Qt's own Turkish would say "Kontrol++" for what is printed on the key as Ctrl; a Mac has signs of its own.
"""

import sys

from PySide6.QtGui import QKeySequence


def key_name(keys: str) -> str:
    """``Ctrl++`` as people read it."""
    form = (
        QKeySequence.SequenceFormat.NativeText if sys.platform == "darwin" else QKeySequence.SequenceFormat.PortableText
    )
    return QKeySequence(keys).toString(form)
