"""Whether an area is one that every map program can draw: asked when it is entered, never of what is stored."""

from izsa_desktop.domain.errors import BadField
from izsa_desktop.domain.shape import AREA, Shape

_CROSSING = ("Self-intersection", "Ring Self-intersection")
"""What GEOS calls it; everything else that it finds is about holes."""


def require_sound(shape: Shape) -> None:
    """Raises BadField for an area whose outline crosses or touches itself, or whose holes are not holes in it."""
    if shape.type != AREA:
        return
    import shapely  # takes a tenth of a second to load, and few projects have an area

    outline, *holes = shape.paths
    reason = str(shapely.is_valid_reason(shapely.Polygon(outline, holes)))
    if reason.startswith(_CROSSING):
        raise BadField("shape", "crosses_itself")
    if reason != "Valid Geometry":
        raise BadField("shape", "no_holes_in_it")
