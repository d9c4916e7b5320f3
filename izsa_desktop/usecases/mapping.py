"""The map: what is drawn on it, and which district a point lies in."""

from collections.abc import Sequence

from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import District
from izsa_desktop.maps import layers
from izsa_desktop.maps.layers import MapData
from izsa_desktop.usecases.workplace import Workplace


def map_data(workplace: Workplace, projects: Sequence[Project]) -> MapData:
    """The projects as the map page takes them, and the ids of those that have no place on it."""
    return layers.project_features(projects, workplace.reference, workplace.identity.language)


def propose_district(workplace: Workplace, lat: float, lon: float) -> District | None:
    """The district a point lies in (nearest within about 1 km of the coast), None outside the province. A proposal."""
    from izsa_desktop.maps import locate  # shapely takes a tenth of a second to load, and the window starts without it

    code = locate.district_at(lat, lon)
    return workplace.reference.district(code) if code else None
