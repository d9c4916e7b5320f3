"""What the two maps of one sheet show."""

from collections.abc import Iterable
from dataclasses import dataclass

from izsa_desktop.domain.placing import own_place
from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.reference import Reference
from izsa_desktop.i18n import Translator
from izsa_desktop.reports.inset import (
    DistrictInset,
    Frame,
    district_inset,
    is_clear,
    position,
    position_of,
    province_inset,
)

_LETTER_MM = 1.5
"""Width of a letter of a name on the map, with some air."""


@dataclass(frozen=True, slots=True)
class Label:
    """A neighbouring district's name in map units."""

    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class SheetMaps:
    """Both maps and the words under them.

    The project's point, in map units, stands in the map of the district, else in that of the province, else in none.
    """

    own: str
    """The code of the district to light, "" for the whole province or none."""
    whole: bool
    """True when the whole province is lit."""
    district_frame: Frame | None
    district_point: tuple[int, int] | None
    district_alt: str
    province_point: tuple[int, int] | None
    province_alt: str
    approximate: bool
    coordinates: str
    note: str


def sheet_maps(fields: ProjectFields, reference: Reference, t: Translator) -> SheetMaps:
    """The maps for a project's district and point, either of which may be missing."""
    district = district_inset(fields.district)
    place = own_place(fields)
    point = position_of(place) if place else None
    on_district = point if point and district and district.frame.holds(point) else None
    on_province = point if point and province_inset().frame.holds(point) else None
    name = reference.district_name(fields.district, t.language)
    return SheetMaps(
        own=district.code if district else "",
        whole=fields.district == reference.province.code,
        district_frame=district.frame if district else None,
        district_point=on_district,
        district_alt=t("sheet.map_district_alt", name=name),
        province_point=None if on_district else on_province,
        province_alt=t("sheet.map_province", name=name) if district else t("sheet.map_province_whole"),
        approximate=place is not None and place.approximate,
        coordinates=_coordinates(fields, t),
        note=_note(place, on_province is not None, t),
    )


def district_drawings(
    codes: Iterable[str], reference: Reference
) -> tuple[tuple[DistrictInset, tuple[Label, ...]], ...]:
    """The districts' maps that a document defines, each with its neighbours' names."""
    insets = [found for found in map(district_inset, sorted(set(codes))) if found]
    return tuple((found, _labels(found, reference)) for found in insets)


def _labels(found: DistrictInset, reference: Reference) -> tuple[Label, ...]:
    places = [(d, position(d.lat, d.lon)) for d in reference.districts if d.code in found.shown]
    return tuple(Label(d.name, *place) for d, place in places if is_clear(found.code, place, len(d.name) * _LETTER_MM))


def _coordinates(fields: ProjectFields, t: Translator) -> str:
    """The point with five decimals, about a metre; then what was drawn."""
    parts = []
    if (location := fields.location) is not None:
        text = f"{location.lat:.5f}, {location.lon:.5f}"
        parts.append(f"{text} ({t('sheet.approximate')})" if location.approximate else text)
    if fields.shape is not None:
        parts.append(t.shape(fields.shape))
    return " · ".join(parts)


def _note(location: Location | None, inside: bool, t: Translator) -> str:
    if location is None:
        return t("sheet.no_point")
    if not inside:
        return t("sheet.outside_map")
    return t("sheet.approximate_note") if location.approximate else ""
