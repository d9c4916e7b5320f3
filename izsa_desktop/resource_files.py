"""Where the files under ``resources/`` are: beside the package in a checkout, inside it when installed."""

from pathlib import Path

_INSTALLED = Path(__file__).parent / "_resources"
ROOT = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parent.parent / "resources"


def path(name: str) -> Path:
    """The path of a resource, for example ``reference/sdg.json``."""
    return ROOT / name
