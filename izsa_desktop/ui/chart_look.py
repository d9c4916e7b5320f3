"""Charts in the colours of the theme."""

from izsa_desktop.charts.look import Look
from izsa_desktop.ui import theme


def look_now() -> Look:
    """The colours of now. On the GUI thread; the look is then handed to a worker."""
    t = theme.tokens()
    series = (t["share_1"], t["share_2"], t["share_3"], t["share_4"])
    return Look(t["text"], t["soft"], t["line"], t["hover"], t["accent"], series)
