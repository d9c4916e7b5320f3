"""What the map says of the districts is what is listed, once each, in words of the language."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from izsa_desktop.analysis.works import Entry, Works, entry_of
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.rows import Funding, Relation
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.maps.thematic import MEASURES, MODES, Choice
from izsa_desktop.usecases.thematic import HAS, NO_DATA, NOTHING, OTHERS, ZERO, Subject, thematic_json
from tests.support import REFERENCE

TODAY = date(2026, 11, 23)
BORNOVA, KONAK, KIRAZ, FOCA = "TUR035007", "TUR035021", "TUR035019", "TUR035012"
NAMES = {d.code: d.name for d in REFERENCE.districts}


def entry(number: int, district: str = BORNOVA, **fields: Any) -> Entry:
    made = ProjectFields(**{"goals": ("7",), "status": "sürüyor", "district": district, **fields})
    return entry_of(Project(id=f"{BORNOVA}/{number:032x}", fields=made), TODAY)


def joined(number: int, kind: str = "ortak iş") -> tuple[Relation, ...]:
    return (Relation(other=f"{BORNOVA}/{number:032x}", kind=kind),)


def tell(*entries: Entry, only: str = "", language: str = "tr", **choice: Any) -> dict[str, Any]:
    subject = Subject(Works(entries), frozenset({only}) if only else None)
    made = thematic_json(subject, Choice(**{"mode": "districts", **choice}), REFERENCE, Translator(language), TODAY)
    told: dict[str, Any] = json.loads(made)
    return told


def of(told: dict[str, Any], code: str) -> dict[str, Any]:
    return next(dict(one) for one in told["districts"] if one["code"] == code)


def classes(told: dict[str, Any]) -> list[tuple[int, str, int]]:
    return [(one["class"], one["text"], one["count"]) for one in told["classes"]]


def test_every_district_has_its_number_in_turkish_order() -> None:
    told = tell(entry(1), entry(2), entry(3, KONAK), measure="count")
    assert [one["name"] for one in told["districts"]][:5] == ["Aliağa", "Balçova", "Bayındır", "Bayraklı", "Bergama"]
    assert len(told["districts"]) == 30
    assert {one["code"]: one["label"] for one in told["districts"] if one["class"] >= 0} == {BORNOVA: "2", KONAK: "1"}
    assert classes(told) == [(ZERO, "Yok", 28), (0, "1", 1), (1, "2", 1)]
    assert told["sentence"] == "Listedeki 3 proje"


def test_one_work_counts_once_in_a_year() -> None:
    both = (entry(1, start="2025"), entry(2, KONAK, start="2025", relations=joined(1)))
    assert tell(*both, year=2025)["years"] == [{"year": 2025, "count": 1}, {"year": 2026, "count": 1}]
    undated = (entry(3), entry(4, relations=joined(3)))
    assert tell(*undated, year=2026)["undated"] == "Tarihi bilinmeyen: 1"


def test_one_work_counts_once_in_a_district() -> None:
    told = tell(entry(1), entry(2, relations=joined(1, "aynı")), measure="count")
    assert of(told, BORNOVA)["label"] == "1"


def test_density_in_both_languages() -> None:
    texts = {}
    for language in LANGUAGES:
        found = of(tell(*(entry(n) for n in range(50)), language=language), BORNOVA)
        texts[language] = (found["label"], found["text"], found["facts"][1])
    population = next(d.population for d in REFERENCE.districts if d.code == BORNOVA)
    wanted = f"{50 / population * 10_000:.1f}"
    assert texts["en"] == (wanted, f"{wanted} projects per 10,000 people", f"Population {population:,}")
    assert texts["tr"][0] == wanted.replace(".", ",")
    assert texts["tr"][2] == f"Nüfus {population:,}".replace(",", ".")


def test_a_topic_narrows_what_is_counted() -> None:
    entries = (entry(1, goals=("13", "7")), entry(2), entry(3, KONAK, audience=("kadınlar",)))
    assert of(tell(*entries, measure="count", topic="goal:13"), BORNOVA)["label"] == "1"
    told = tell(*entries, measure="count", topic="audience:kadınlar")
    assert (of(told, BORNOVA)["label"], of(told, KONAK)["label"]) == ("0", "1")


def test_money_is_in_the_commonest_currency_and_says_what_it_leaves_out() -> None:
    def paid(amount: int, currency: str = "TRY") -> tuple[Funding, ...]:
        return (Funding(amount=Decimal(amount), currency=currency),)

    told = tell(
        entry(1, funding=paid(2_500_000)),
        entry(2, KONAK, funding=paid(9000)),
        entry(3, KONAK, funding=paid(5, "EUR")),
        entry(4),
        measure="budget",
    )
    assert (of(told, BORNOVA)["label"], of(told, KONAK)["label"]) == ("2,5 mn ₺", "9,0 bin ₺")
    assert of(told, KIRAZ)["class"] == NO_DATA
    assert told["notes"] == ["Bütçesi yazılmamış: 1", "Başka para birimleri de var; burada yalnızca TRY"]


def test_the_share_of_what_runs() -> None:
    told = tell(entry(1), entry(2, status="iptal"), entry(3, status=""), entry(4, KONAK, status=""), measure="active")
    assert (of(told, BORNOVA)["label"], of(told, BORNOVA)["class"]) == ("%50", 2)
    assert of(told, KONAK)["class"] == NO_DATA
    assert [text for n, text, _ in classes(told) if n >= 0] == [
        *("%20 ve altı", "%20 – %40", "%40 – %60", "%60 – %80", "%80 – %100")
    ]
    assert told["notes"] == ["Sürüp sürmediği bilinmeyen: 2"]


def test_months_since_the_last_confirmation_are_the_median() -> None:
    days = ("2026-10-23", "2026-05-23", "2020-01-01")
    told = tell(*(entry(n, confirmed=day) for n, day in enumerate(days)), entry(9, KONAK), measure="months")
    assert (of(told, BORNOVA)["label"], of(told, BORNOVA)["class"]) == ("6 ay", 2)
    assert of(told, KONAK)["class"] == NO_DATA
    assert classes(told)[-1][1] == "24 ay üstü"


def test_what_is_missing_says_how_and_how_much() -> None:
    entries = (entry(1), entry(2, KONAK, status="iptal"), entry(3, KIRAZ, status=""), entry(4, OFFICE))
    told = tell(*entries, mode="missing", topic="goal:7")
    found = {code: of(told, code)["class"] for code in (BORNOVA, KONAK, KIRAZ, FOCA)}
    assert found == {BORNOVA: HAS, KONAK: OTHERS, KIRAZ: OTHERS, FOCA: NOTHING}
    assert told["sentence"] == "“7 · Erişilebilir ve Temiz Enerji” için 29 ilçede süren proje yok."
    assert [count for _, _, count in classes(told)] == [1, 2, 27]
    assert told["notes"] == ["Listedeki 4 proje", "İl geneli: 1", "Sürüp sürmediği bilinmeyen: 1"]
    everywhere = [entry(n, d.code) for n, d in enumerate(REFERENCE.districts)]
    assert tell(*everywhere, mode="missing")["sentence"] == "Bakılan her ilçede süren proje var."


def test_a_year_shows_what_ran_in_it() -> None:
    entries = (
        entry(1, start="2020", end="2022-06", status="tamamlandı"),
        entry(2, KONAK, start="2024"),
        entry(3, KIRAZ, start="unknown"),
    )
    told = tell(*entries, measure="count", year=2022)
    assert [of(told, code)["label"] for code in (BORNOVA, KONAK, KIRAZ)] == ["1", "0", "0"]
    assert told["sentence"] == "2022 yılında süren 1 proje"
    assert told["undated"] == "Tarihi bilinmeyen: 1"
    assert told["years"] == [{"year": y, "count": int(y < 2023) + int(y > 2023)} for y in range(2020, 2027)]
    missing = tell(*entries, mode="missing", year=2022)
    assert [of(missing, code)["class"] for code in (BORNOVA, KONAK, KIRAZ)] == [HAS, OTHERS, OTHERS]
    assert missing["sentence"] == "29 ilçede 2022 yılında süren proje yok."
    share = tell(*entries, measure="active", year=2024)
    assert [of(share, code)["label"] for code in (BORNOVA, KONAK, KIRAZ)] == ["%0", "%100", ""]


def test_what_may_have_ended_is_unknown_in_later_years_and_closes_no_gap() -> None:
    entries = (entry(1, status="", start="2020"), entry(2, KONAK, status="", start="2020", end_planned="2030"))
    told = tell(*entries, mode="missing", year=2023)
    assert [of(told, code)["class"] for code in (BORNOVA, KONAK)] == [OTHERS, HAS]
    assert told["notes"][1:] == ["Sürüp sürmediği bilinmeyen: 1"]
    assert [one["count"] for one in told["years"]][:3] == [2, 1, 1]
    now = tell(*entries, mode="missing")
    assert [of(now, code)["class"] for code in (BORNOVA, KONAK)] == [OTHERS, HAS]


def test_a_district_says_nothing_of_the_others() -> None:
    for mode in ("districts", "missing"):
        told = tell(entry(1), mode=mode, measure="count", only=BORNOVA)
        assert {one["class"] for one in told["districts"] if one["code"] != BORNOVA} == {NO_DATA}
        assert of(told, KONAK)["text"] == "Bu listede yok"
        assert of(told, BORNOVA)["class"] == 0


def test_joint_work_joins_districts() -> None:
    entries = [entry(1), entry(2, KONAK, relations=joined(1)), entry(3, KONAK, relations=joined(1, "parçası"))]
    entries += [entry(4, relations=joined(1)), entry(5, OFFICE, relations=joined(1)), entry(6, KIRAZ)]
    told = tell(*entries, links=True, mode="projects")
    assert [(link["count"], link["text"]) for link in told["links"]] == [(2, "Bornova – Konak: 2 ortak iş")]
    assert told["linksText"] == ""
    assert tell(*entries, mode="projects")["links"] == []
    assert tell(entry(1), links=True)["linksText"] == "Listede ilçeler arası ortak iş yok"


def test_a_work_that_serves_several_districts_has_a_value_in_each() -> None:
    told = tell(entry(1, served=(KONAK, KIRAZ)), measure="count")
    assert [of(told, code)["label"] for code in (BORNOVA, KONAK, KIRAZ)] == ["1", "1", "1"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("measure", MEASURES)
def test_nothing_listed_and_hostile_codes_are_no_harm(mode: str, measure: str, language: str) -> None:
    bad = "<b>${x}</b>"
    odd = entry(1, bad, goals=(bad,), audience=(bad,), start="0000", confirmed="x")
    for entries in ((), (odd,)):
        for topic in ("", f"goal:{bad}", "goal:99", f"audience:{bad}"):
            told = tell(*entries, mode=mode, measure=measure, topic=topic, year=2024, links=True, language=language)
            assert len(told["districts"]) in (0, 30)


def test_a_chosen_year_can_always_be_seen() -> None:
    assert [one["year"] for one in tell(entry(1, start="2024"), year=2022)["years"]] == list(range(2022, 2027))
    assert tell(entry(1, start="1950"), year=2030)["years"][-1] == {"year": 2030, "count": 1}
