"""The typeface of everything printed, carried inside the document, so that Turkish letters are always right."""

import base64
from functools import cache

from izsa_desktop import resource_files

_FILES = {400: "Inter-Regular.ttf", 600: "Inter-SemiBold.ttf", 700: "Inter-Bold.ttf"}


@cache
def font_face_css() -> str:
    """``@font-face`` rules of Inter with the fonts as data."""
    return "\n".join(_rule(weight, file) for weight, file in _FILES.items())


def _rule(weight: int, file: str) -> str:
    data = base64.b64encode(resource_files.path(f"fonts/{file}").read_bytes()).decode("ascii")
    source = f"url(data:font/ttf;base64,{data})"
    return f'@font-face {{ font-family: "Inter"; font-weight: {weight}; src: {source} format("truetype"); }}'
