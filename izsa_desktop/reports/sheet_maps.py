"""What the two maps of one sheet show."""

from dataclasses import dataclass

from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.reference import Reference
from izsa_desktop.i18n import Translator
from izsa_desktop.reports import inset

MAP_WIDTH, DISTRICT_HEIGHT = 62.0, 46.0
"""In millimetres; the style sheet gives the drawings the same width."""

_LABEL_MARGIN = 0.12


@dataclass(frozen=True, slots=True)
class Label:
    """A neighbouring district's name in map units."""

    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class DistrictMap:
    """The own district with its surroundings. ``point`` in map units, None when it is not in the frame."""

    frame: inset.Frame
    shown: tuple[str, ...]
    labels: tuple[Label, ...]
    point: tuple[int, int] | None
    alt: str


@dataclass(frozen=True, slots=True)
class SheetMaps:
    """Both maps and the words under them."""

    own: str
    """The code of the district to light, "" for the whole province or none."""
    whole: bool
    """True when the whole province is lit."""
    province: inset.Frame
    province_alt: str
    district: DistrictMap | None
    point: tuple[int, int] | None
    approximate: bool
    coordinates: str
    note: str


def sheet_maps(fields: ProjectFields, reference: Reference, t: Translator) -> SheetMaps:
    """The maps for a project's district and point, either of which may be missing."""
    province = inset.province_frame(MAP_WIDTH)
    point = inset.position(fields.location) if fields.location else None
    inside = point if point and province.holds(*point) else None
    own = fields.district if inset.has_outline(fields.district) else ""
    name = reference.district_name(own)
    return SheetMaps(
        own=own,
        whole=fields.district == reference.province.code,
        province=province,
        province_alt=t("sheet.map_province", name=name) if own else t("sheet.map_province_whole"),
        district=_district_map(own, point, reference, t) if own else None,
        point=inside,
        approximate=fields.location is not None and fields.location.approximate,
        coordinates=_coordinates(fields.location, t) if fields.location else "",
        note=_note(fields.location, inside is not None, t),
    )


def _district_map(own: str, point: tuple[int, int] | None, reference: Reference, t: Translator) -> DistrictMap:
    frame = inset.district_frame(own, point, MAP_WIDTH, DISTRICT_HEIGHT)
    shown = inset.districts_in(frame)
    labels = []
    for district in reference.districts:
        x, y = inset.position(Location(district.lat, district.lon))
        if district.code in shown and district.code != own and frame.holds(x, y, _LABEL_MARGIN):
            labels.append(Label(district.name, x, y))
    inside = point if point and frame.holds(*point) else None
    alt = t("sheet.map_district_alt", name=reference.district_name(own))
    return DistrictMap(frame, shown, tuple(labels), inside, alt)


def _coordinates(location: Location, t: Translator) -> str:
    """Five decimals: about a metre."""
    text = t("sheet.coordinates", lat=f"{location.lat:.5f}", lon=f"{location.lon:.5f}")
    return f"{text} ({t('sheet.approximate')})" if location.approximate else text


def _note(location: Location | None, inside: bool, t: Translator) -> str:
    if location is None:
        return t("sheet.no_point")
    if not inside:
        return t("sheet.outside_map")
    return t("sheet.approximate_note") if location.approximate else ""
