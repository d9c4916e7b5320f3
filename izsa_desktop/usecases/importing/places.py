"""Where a project runs, as people write it: districts, neighbourhoods, coordinates."""

import re

from izsa_desktop.domain import coordinates
from izsa_desktop.domain.reference import Reference
from izsa_desktop.tables import values
from izsa_desktop.tables.table import NUMBER, TEXT, Cell
from izsa_desktop.usecases.importing.spot import Spot, as_text
from izsa_desktop.usecases.importing.targets import LAT, LON
from izsa_desktop.usecases.importing.words import Found, Words, bare_neighbourhood, plain

_MUNICIPALITY = re.compile(r"\b(?:belediye(?:si)?|bel|bld|baskanligi|bsk|ilce(?:si)?|municipality|district of|t c)\b")

_NEAR = 0.83
"""Names of districts are few and far apart: one wrong letter of seven is still the same name."""


class PlaceReader:
    """Reads cells about places."""

    def __init__(self, reference: Reference, own_district: str, words: Words) -> None:
        """``own_district``: whose neighbourhoods are meant where a row names no district."""
        self._reference, self._own, self._words = reference, own_district, words

    def district(self, spot: Spot, cell: Cell) -> str | None:
        text = as_text(cell)
        found = self._districts_in(text)
        if not found or any(hit is None for _, hit in found):
            spot.problem("unknown_district", text)
            return None
        hits = [hit for _, hit in found if hit is not None]
        for part, hit in zip((part for part, _ in found), hits, strict=True):
            spot.say_nearly(part, hit, self._reference.district_name(hit.code))
        codes = [hit.code for hit in hits]
        if len(codes) > 1:
            office = self._reference.province.code
            codes = [code for code in codes if code != office] or [office]  # "Bornova / İzmir"
        if len(codes) > 1:
            spot.reading.fields.setdefault("served", []).extend(
                c for c in codes if c not in spot.reading.fields["served"]
            )
            chosen = self._own if self._own in codes else codes[0]
            spot.warn("several_districts", text, self._reference.district_name(chosen))
            return chosen
        return codes[0]

    def districts(self, spot: Spot, cell: Cell) -> None:
        codes: list[str] = spot.reading.fields.setdefault(spot.target.field, [])
        for part, hit in self._districts_in(as_text(cell)):
            if hit is None:
                spot.problem("unknown_district", part)
            elif hit.code != self._reference.province.code and hit.code not in codes:
                spot.say_nearly(part, hit, self._reference.district_name(hit.code))
                codes.append(hit.code)

    def _districts_in(self, text: str) -> list[tuple[str, Found | None]]:
        whole = self._one_district(text)
        if whole is not None:
            return [(text, whole)]
        parts = [fine for piece in values.pieces(text) for fine in values.fine_pieces(piece.replace(" - ", ", "))]
        return [(part, self._one_district(part)) for part in parts]

    def _one_district(self, text: str) -> Found | None:
        bare = " ".join(_MUNICIPALITY.sub(" ", plain(text)).split())
        return self._words.districts.find(text, near=_NEAR) or (
            self._words.districts.find(bare, near=_NEAR) if bare else None
        )

    def neighbourhood(self, spot: Spot, text: str) -> str:
        """The name as the list of neighbourhoods has it; one that is not there stays as it is written."""
        known = self._words.neighbourhoods.get(spot.reading.fields.get("district") or self._own, {})
        found = known.get(bare_neighbourhood(text))
        if found is None and known:
            spot.warn("unknown_neighbourhood", text)
        return found or text

    def district_and_neighbourhood(self, spot: Spot, cell: Cell) -> None:
        text = as_text(cell)
        parts = [part for part in re.split(r"\s*[/,;–]\s*|\s+-\s+", text) if part]
        hits = [self._one_district(part) for part in parts]
        place = next(
            (n for n, hit in enumerate(hits) if hit is not None and hit.code != self._reference.province.code), None
        )
        if place is None:
            spot.problem("unknown_district", text)
            return
        hit = hits[place]
        assert hit is not None
        spot.reading.fields["district"] = hit.code
        others = [part for n, part in enumerate(parts) if hits[n] is None]
        if others:
            spot.reading.fields["neighbourhood"] = self.neighbourhood(spot, ", ".join(others))

    def coordinates(self, spot: Spot, cell: Cell) -> None:
        read = coordinates.pair(as_text(cell)) if cell.kind == TEXT else None
        if read is None:
            spot.problem("not_coordinates", as_text(cell))
            return
        if read.note:
            spot.warn(f"point_{read.note}", as_text(cell), f"{read.value[0]}, {read.value[1]}")
        spot.reading.point[LAT], spot.reading.point[LON] = read.value

    def degrees(self, spot: Spot, cell: Cell) -> None:
        read = coordinates.degrees(cell.value, north=spot.target.name == LAT) if cell.kind in (TEXT, NUMBER) else None
        if read is None:
            spot.problem("not_coordinates", as_text(cell))
            return
        if read.note:
            spot.warn(f"point_{read.note}", as_text(cell), str(read.value))
        spot.reading.point[spot.target.name] = read.value
