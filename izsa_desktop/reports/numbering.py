"""Page numbers of a document that is printed in parts: the parts have none, the numbers are printed by themselves.

Nobody knows how many pages there are before the last part is printed, and parts are printed side by side. So the style
sheet's own rules for page numbers are left out of the parts, and everything else is left out of the pages with the
numbers: wherever a template puts them, and however they look, they are as in a document that is printed whole.
"""

import re
from typing import Final

_NUMBER: Final = re.compile(r"content:[^;{}]*counter\(pages?\)[^;{}]*")
_NO_NUMBER: Final = re.compile(r"content:(?![^;{}]*counter\(pages?\))[^;{}]*")
_ALL: Final = re.compile(r"counter\(pages\)")
_NONE: Final = "content: none"
_BODY: Final = re.compile(r"<body\b")
_PAGE: Final = '<div style="height: 1px; break-after: page"></div>'

_LETTERS: Final = '<div style="height: 0; visibility: hidden">1<b style="font-weight: 600">1</b><b>1</b></div>'
"""Letters are loaded for what stands on a page, and not for what stands at its edge."""


def head(html: str) -> str:
    """The document up to its body."""
    body = _BODY.search(html)
    return html[: body.start()] if body else html


def without_numbers(html: str) -> str:
    """The document without its page numbers."""
    above = head(html)
    return _NUMBER.sub(_NONE, above) + html[len(above) :]


def numbers_html(above: str, first: int, count: int, total: int) -> str:
    """The numbers of ``count`` pages from ``first``, of ``total``, as a document that begins like this has them."""
    rules = _ALL.sub(f'"{total}"', _NO_NUMBER.sub(_NONE, above))
    style = f"<style>@page :first {{ counter-set: page {first} }} html {{ background: none }}</style>"
    return f"{rules}{style}<body>{_LETTERS}{_PAGE * (count - 1)}<div></div></body></html>"
