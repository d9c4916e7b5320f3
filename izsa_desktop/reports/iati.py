"""Projects as IATI 2.03 activities: for whoever publishes where development money goes. Valid against its schema.

Elements stand in the order of the schema. Nobody is named but organisations: there is no contact, and no comment.
Codes are those of IATI's own lists; what has none there is a tag of our own (vocabulary 99).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.i18n import Translator
from izsa_desktop.reports.iati_parts import (
    LANG,
    budgets,
    dates_of,
    location_of,
    narratives,
    organisation,
    result_of,
    status_of,
)

_LOCAL_GOVERNMENT, _OTHER_PUBLIC = "11", "15"
_TYPES = {
    "belediye": "11",
    "iştirak": "15",
    "bakanlık": "10",
    "kalkınma ajansı": "15",
    "üniversite": "80",
    "okul": "80",
}
_TYPES |= {"sivil toplum": "22", "özel sektör": "70", "uluslararası": "40"}
_FUNDERS = {"BŞB": "11", "İZKA": "15", "İLBANK": "15", "AB hibesi": "40", "Bakanlık": "10", "TBB": "15"}
_FUNDING, _ACCOUNTABLE, _EXTENDING, _IMPLEMENTING = "1", "2", "3", "4"
_ROLES = {"yürütücü": _IMPLEMENTING, "ortak": _IMPLEMENTING, "fon": _FUNDING, "destek": _EXTENDING}
_SCOPE = {"nokta": "8", "hat": "8", "alan": "8", "mahalle": "8", "ilçe": "7", "çok ilçe": "6", "il": "6"}
_RELATED = {"parçası": "1", "ortak iş": "3", "devamı": "3", "aynı": "5"}
_MARKERS = {"azaltım": ("6",), "uyum": ("7",), "ikisi": ("6", "7")}
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_ORG_ID = re.compile(r"[^\s/&|?]{3,100}")
_STEP = 200


def placeholder(body: str) -> str:
    """What stands where a registered organisation id is wanted: a prefix that no register has."""
    return f"XX-IZSA-{body}"


def usable_org_id(text: str) -> bool:
    """True for what can be an organisation id: register and number, none of the characters that IATI forbids."""
    return bool(_ORG_ID.fullmatch(text)) and "-" in text.strip("-")


def fits(fields: ProjectFields) -> bool:
    """True where all is said that the schema requires: title, a description, a date."""
    return bool(fields.title and (fields.purpose or fields.summary) and any(dates_of(fields)))


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes: the body's code, and its registered organisation id."""

    body: str
    org_id: str


def iati_bytes(
    projects: Iterable[Project], known: Reference, publisher: Publisher, when: str, step: Callable[[], None]
) -> bytes:
    """The document. ``projects`` all fit; ``when``: ISO 8601, UTC. ``step`` is called now and then, and may raise."""
    writer = _Activities(known, publisher, date.fromisoformat(when[:10]))
    root = f'<iati-activities version="2.03" generated-datetime="{when}">'
    written = [b'<?xml version="1.0" encoding="UTF-8"?>', root.encode()]
    for count, project in enumerate(projects):
        if count % _STEP == 0:
            step()
        written.append(tostring(writer.activity(project), encoding="utf-8"))
    return b"\n".join([*written, b"</iati-activities>\n"])


class _Activities:
    def __init__(self, known: Reference, publisher: Publisher, today: date) -> None:
        self._known, self._publisher, self._today = known, publisher, today
        self._t = {"tr": Translator("tr"), "en": Translator("en")}

    def activity(self, project: Project) -> Element:
        f = project.fields
        made = Element("iati-activity", {LANG: "tr"})
        if project.updated:
            made.set("last-updated-datetime", project.updated)
        SubElement(made, "iati-identifier").text = self._identifier(project.id)
        self._reporter(made, project)
        narratives(SubElement(made, "title"), f.title, f.title_en)
        for type_, texts in (("1", (f.summary, "")), ("2", (f.purpose, f.purpose_en)), ("3", self._audience(f))):
            if any(texts):
                narratives(SubElement(made, "description", type=type_), *texts)
        self._participants(made, project)
        if project.number:
            SubElement(made, "other-identifier", ref=project.number, type="A1")
        SubElement(made, "activity-status", code=status_of(f, self._today))
        for type_, day, partial in dates_of(f):
            dated = SubElement(made, "activity-date", {"type": type_, "iso-date": day})
            if len(partial) < len(day):
                narratives(dated, self._t["tr"].date(partial), self._t["en"].date(partial))
        if f.scope in _SCOPE:
            SubElement(made, "activity-scope", code=_SCOPE[f.scope])
        SubElement(made, "recipient-country", code="TR")
        self._locations(made, f)
        self._classes(made, f)
        budgets(made, f)
        self._documents(made, f)
        for relation in f.relations:
            if relation.kind in _RELATED:
                ref = self._identifier(relation.other)
                SubElement(made, "related-activity", ref=ref, type=_RELATED[relation.kind])
        for indicator in f.indicators:
            result_of(made, indicator, f)
        return made

    def _identifier(self, record: str) -> str:
        return f"{self._publisher.org_id}-{record.replace('/', '-')}"

    def _body_names(self, body: str) -> tuple[str, str]:
        if body == OFFICE:
            return "İzmir Büyükşehir Belediyesi", "İzmir Metropolitan Municipality"
        name = self._known.district_name(body)
        return f"{name} Belediyesi", f"{name} Municipality"

    def _reporter(self, made: Element, project: Project) -> None:
        attributes = {"ref": self._publisher.org_id, "type": _LOCAL_GOVERNMENT}
        if project.body != self._publisher.body:
            attributes["secondary-reporter"] = "1"
        narratives(SubElement(made, "reporting-org", attributes), *self._body_names(self._publisher.body))

    def _audience(self, f: ProjectFields) -> tuple[str, str]:
        words = self._known.vocabularies["audience"]
        notes = [f.audience_note] if isinstance(f.audience_note, str) else [*f.audience_note]
        own = [note for note in notes if note]
        turkish = [words.label(code, "tr") for code in f.audience] + own
        english = [words.label(code, "en") for code in f.audience]
        return "; ".join(turkish), "; ".join(english)

    def _participants(self, made: Element, project: Project) -> None:
        f = project.fields
        organisation(made, _ACCOUNTABLE, _LOCAL_GOVERNMENT, *self._body_names(project.body))
        if f.owner:
            organisation(made, _IMPLEMENTING, "", f.owner)
        for partner in f.partners:
            if partner.name:
                organisation(
                    made, _ROLES.get(partner.role, _IMPLEMENTING), _TYPES.get(partner.type, "90"), partner.name
                )
        words = self._known.vocabularies["funding_source"]
        for source in dict.fromkeys(row.source for row in f.funding if row.source in _FUNDERS):
            organisation(made, _FUNDING, _FUNDERS[source], words.label(source, "tr"), words.label(source, "en"))

    def _locations(self, made: Element, f: ProjectFields) -> None:
        place = ", ".join(filter(None, (f.neighbourhood, self._known.district_name(f.district) if f.district else "")))
        if f.location is not None:
            exactness = "2" if f.location.approximate else "1"
            location_of(made, place, f"{f.location.lat:.7f} {f.location.lon:.7f}", exactness)
        elif place:
            location_of(made, place, "", "")
        for site in f.sites:
            if site.lat is not None and site.lon is not None:
                location_of(made, site.name or site.neighbourhood, f"{site.lat} {site.lon}", "1")

    def _classes(self, made: Element, f: ProjectFields) -> None:
        """Sector, tags and policy markers. Local goals are no sectors of IATI."""
        goals = [code for code in f.goals if code.isdigit()]
        if goals:
            SubElement(made, "sector", vocabulary="7", code=goals[0])
        for code in goals:
            SubElement(made, "tag", vocabulary="2", code=code)
        for target in f.targets:
            SubElement(made, "tag", vocabulary="3", code=target)
        for name, code in (("theme", f.theme), ("kind", f.kind)):
            if code:
                words = self._known.vocabularies[name]
                tag = SubElement(made, "tag", vocabulary="99", code=f"{name}:{code}")
                narratives(tag, words.label(code, "tr"), words.label(code, "en"))
        markers = _MARKERS.get(f.climate_effect, ())
        for code in markers:
            SubElement(made, "policy-marker", vocabulary="1", code=code, significance="2" if len(markers) == 1 else "1")

    def _documents(self, made: Element, f: ProjectFields) -> None:
        links = [(f.source, self._t["tr"].field("source"), self._t["en"].field("source"))]
        links += [(row.link, row.caption or row.name or row.link, "") for row in f.evidence if not row.people]
        for url, *title in links:
            if _URL.fullmatch(url):
                link = SubElement(made, "document-link", url=url, format="text/html")
                narratives(SubElement(link, "title"), *title)
                SubElement(link, "category", code="A12")
