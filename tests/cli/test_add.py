"""What goes into ``add`` comes out of ``show --json``, field by field; what cannot be stored is refused by its line."""

import json
import unicodedata
from typing import Any

import pytest

from izsa_desktop.domain.fields import FIELDS, Kind
from tests.cli.driver import Izsa
from tests.usecases.line import Line, state_hash

FULL = {
    "title": "Yağmur hasadı “İzmir” – ışık, ğüşiöç ĞÜŞİÖÇ 😀",
    "purpose": "Çatı suyunu toplamak.\nİkinci satır & <b>üçüncü</b>.",
    "audience": ["kadınlar", "çocuklar", "Mahalledeki pazarcılar"],
    "start": "2024-05-17",
    "goals": [6, 13, 11, 1],
    "district": "Bornova",
    "neighbourhood": "Kazımdirik",
    "place": "Büyükpark, 'Aşık Veysel' rekreasyon alanı",
    "lat": 38.4622071,
    "lon": 27.2176312,
    "approximate": True,
    "status": "sürüyor",
    "scope": "mahalle",
    "unit": "İklim Değişikliği ve Sıfır Atık Müdürlüğü",
    "owner": "Bornova Belediyesi / EÜ",
    "source": "https://example.org/yağmur?a=1&b=ş#x",
}


def test_every_field_comes_back(izsa: Izsa, line: Line) -> None:
    record = izsa.round_trip(line.bornova, FULL)
    assert {name: record[name] for name in FULL} == FULL
    given = record["id"], record["district_code"], record["body"], record["updated_by"]
    assert given == (record["id"], "TUR035007", "TUR035007", "Ayşe Yılmaz")
    assert (record["missing"], record["conflicts"], record["deleted"]) == ([], [], False)


def test_nothing_entered_is_nothing_said(izsa: Izsa, line: Line) -> None:
    record = izsa.round_trip(line.bornova, {})
    empty: dict[Kind, Any] = {
        Kind.COUNT: None,
        Kind.NUMBER: None,
        Kind.SHAPE: None,
        Kind.SHARES: {},
        Kind.GOALS: [],
        Kind.TARGETS: [],
        Kind.ROWS: [],
    }
    empty |= {Kind.DISTRICTS: [], Kind.CODES: []}
    for spec in FIELDS:
        if spec.name not in ("audience", "audience_note", "location", "district"):
            assert record[spec.name] == empty.get(spec.kind, "")
    assert record["audience"] == ""
    assert (record["lat"], record["lon"], record["approximate"]) == (None, None, None)
    assert record["missing"] == ["title", "purpose", "audience", "start", "goals"]


@pytest.mark.parametrize(
    ("given", "back"),
    [
        ("Çiftçiler ve köylüler", "Çiftçiler ve köylüler"),
        (["Köylüler"], ["Köylüler"]),
        (["herkes"], ["herkes"]),
        ("herkes", ["herkes"]),
        (["çocuklar", "herkes", "çocuklar"], ["çocuklar", "herkes"]),
        (["herkes", "çocuklar"], ["herkes", "çocuklar"]),
        (["Köylüler", "herkes", "Esnaf odası"], ["herkes", "Köylüler", "Esnaf odası"]),
        ("Kadınlar", "Kadınlar"),  # the label, not the code: the sender's own word
        ("", ""),
        ([], ""),
        (None, ""),
    ],
)
def test_audience(izsa: Izsa, line: Line, given: Any, back: Any) -> None:
    assert izsa.round_trip(line.bornova, {"audience": given})["audience"] == back


@pytest.mark.parametrize("start", ["2024", "2024-05", "2024-02-29", "1900", "2199-12-31", None, ""])
def test_start(izsa: Izsa, line: Line, start: str | None) -> None:
    record = izsa.round_trip(line.bornova, {"start": start})
    assert record["start"] == start
    assert ("start" in record["missing"]) is (start == "")


@pytest.mark.parametrize("goals", [[12], [17, 1, 9], [3, 2, 1], list(range(17, 0, -1))])
def test_goals_keep_their_order(izsa: Izsa, line: Line, goals: list[int]) -> None:
    assert izsa.round_trip(line.bornova, {"goals": goals})["goals"] == goals


@pytest.mark.parametrize(
    ("district", "code"),
    [
        ("Çiğli", "TUR035010"),
        ("çiğli", "TUR035010"),
        ("ÇİĞLİ", "TUR035010"),
        ("CIGLI", "TUR035010"),
        ("ALIAĞA", "TUR035001"),
        ("aliağa", "TUR035001"),
        ("KINIK", "TUR035019"),
        ("kinik", "TUR035019"),
        ("TUR035021", "TUR035021"),
        ("35-21", "TUR035021"),
        (" konak ", "TUR035021"),
        (unicodedata.normalize("NFD", "Ödemiş"), "TUR035025"),
        ("İzmir (il geneli)", "TUR035"),
        ("izmir", "TUR035"),
        ("", ""),
    ],
)
def test_district(izsa: Izsa, line: Line, district: str, code: str) -> None:
    assert izsa.round_trip(line.office, {"district": district})["district_code"] == code


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(38.4192, 27.1287), (38.12345678901234, 27.98765432109876), (38, 27), (-90.0, 180.0), (0.0000001, -0.0000001)],
)
def test_points_are_kept_to_a_centimetre(izsa: Izsa, line: Line, lat: float, lon: float) -> None:
    record = izsa.round_trip(line.bornova, {"lat": lat, "lon": lon})
    assert (record["lat"], record["lon"], record["approximate"]) == (round(lat, 7), round(lon, 7), False)


def test_texts_are_composed_and_trimmed(izsa: Izsa, line: Line) -> None:
    written = "  ığüşöç İĞÜŞÖÇ â\r\n1 \n"
    for given in (written, unicodedata.normalize("NFD", written)):
        record = izsa.round_trip(line.bornova, {"title": given, "audience": given, "purpose": given})
        assert record["title"] == record["purpose"] == record["audience"] == "ığüşöç İĞÜŞÖÇ â\n1"


def test_codes_of_status_and_scope_are_found_by_name(izsa: Izsa, line: Line) -> None:
    record = izsa.round_trip(line.bornova, {"status": "TAMAMLANDI", "scope": "Çok ilçe"})
    assert (record["status"], record["scope"]) == ("tamamlandı", "çok ilçe")
    assert izsa.round_trip(line.bornova, {"status": "Completed"})["status"] == "tamamlandı"


def test_the_output_of_list_can_be_read_in_again(izsa: Izsa, line: Line) -> None:
    izsa.add(line.bornova, FULL, {"title": "İkinci", "start": None})
    listed = izsa("--data", line.bornova, "list", "--json").json
    ids = izsa.add(line.konak, *({**record, "district": ""} for record in listed))
    own = ("id", "number", "district", "district_code", "body", "updated", "updated_by", "revision")
    for before, id_ in zip(listed, ids, strict=True):
        after = izsa.show(line.konak, id_)
        assert {k: v for k, v in after.items() if k not in own} == {k: v for k, v in before.items() if k not in own}


BAD = {
    "no JSON": "x",
    "a list": "[]",
    "null": "null",
    "two on a line": '{"title":"a"} {"title":"b"}',
    "cut off": '{"title":"a"',
    "too deep": "[" * 100_000,
    "endless number": f'{{"lat":{"9" * 5000},"lon":1}}',
    "huge number": f'{{"lat":{"9" * 400},"lon":1}}',
    "not a number": '{"lat":NaN,"lon":1}',
    "infinite": '{"lat":38,"lon":1e400}',
    "half a point": '{"lat":38}',
    "number as text": '{"lat":"38","lon":"27"}',
    "true as number": '{"lat":true,"lon":true}',
    "off the earth": '{"lat":90.1,"lon":27}',
    "unknown name": '{"titel":"a"}',
    "number as title": '{"title":2024}',
    "NUL": '{"title":"a\\u0000b"}',
    "lone surrogate": '{"title":"a\\ud800"}',
    "hidden in a name": '{"unit":"a\\u202eb"}',
    "two lines in a name": '{"unit":"a\\nb"}',
    "too long": json.dumps({"title": "ş" * 301}),
    "too many words": json.dumps({"audience": ["ş" * 1900, "ç" * 1900]}),
    "year as number": '{"start":2024}',
    "no such day": '{"start":"2023-02-29"}',
    "no such month": '{"start":"2023-13"}',
    "goal 18": '{"goals":[18]}',
    "goal 0": '{"goals":[0]}',
    "goal twice": '{"goals":[1,1]}',
    "goal as fraction": '{"goals":[1.0]}',
    "goals as text": '{"goals":"12"}',
    "audience as object": '{"audience":{"a":1}}',
    "unknown district": '{"district":"Kadıköy"}',
    "another district": '{"district":"Konak"}',
    "unknown status": '{"status":"bitti"}',
    "unknown scope": '{"scope":"ay"}',
    "several lines in a value": '{"status":"a\\nb\\r\\n\\u001b[31mc"}',
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_a_bad_line_in_a_file_stores_nothing(izsa: Izsa, line: Line, bad: str) -> None:
    before = state_hash(line.bornova)
    file = line.folder / "in.jsonl"
    file.write_text(f'{{"title":"İlk"}}\n\n{bad}\n{{"title":"Son"}}\n', encoding="utf-8")
    ended = izsa("--data", line.bornova, "add", file)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("Line 3: ")
    assert ended.err.endswith(" Nothing was stored.\n")
    assert ended.err.count("\n") == 1
    assert ended.err.replace("\n", "").isprintable()
    assert state_hash(line.bornova) == before


@pytest.mark.parametrize("bad", [b"\xff\xfe{\x00}\x00", b'{"title":"\xfe"}', b"\x89PNG\r\n\x1a\n", b"\0" * 5000])
def test_a_file_that_is_not_text_stores_nothing(izsa: Izsa, line: Line, bad: bytes) -> None:
    (line.folder / "in").write_bytes(bad)
    ended = izsa("--data", line.bornova, "add", line.folder / "in")
    assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
    assert ended.err.startswith("Line 1: ")


def test_marks_and_line_ends_of_other_systems(izsa: Izsa, line: Line) -> None:
    (line.folder / "in").write_bytes("\ufeff".encode() + b'{"title":"a"}\r\n\r\n  \r\n{"title":"b"}')
    assert len(izsa("--data", line.bornova, "add", line.folder / "in").lines) == 2
    assert izsa("--data", line.bornova, "add", line.folder / "in", stdin=b"never read").code == 0


def test_input_keeps_the_good_lines_before_a_bad_one(izsa: Izsa, line: Line) -> None:
    ended = izsa("--data", line.bornova, "add", "-", stdin=b'{"title":"a"}\n{"title":"b"}\nx\n{"title":"c"}\n')
    assert (ended.code, len(ended.lines)) == (1, 2)
    assert ended.err.startswith("Line 3: ")
    assert "The 2 projects before it are stored, nothing after it." in ended.err
    assert sorted(r["title"] for r in izsa("--data", line.bornova, "list", "--json").json) == ["a", "b"]


def test_many_lines_in_the_order_of_the_input(izsa: Izsa, line: Line) -> None:
    titles = [f"{n:04}" for n in range(1200)]  # more than one transaction
    ids = izsa.add(line.bornova, *({"title": title} for title in titles))
    by_id = {record["id"]: record["title"] for record in izsa("--data", line.bornova, "list", "--json").json}
    assert [by_id[id_] for id_ in ids] == titles


@pytest.mark.parametrize(
    ("bad", "turkish", "english"),
    [
        ('{"foo": 1}', "“foo” adında bir alan bilinmiyor.", "The field “foo” is not known."),
        (
            '{"title": {"x": "ş"}}',
            'Proje adı: “{"x": "ş"}” metin olmalı.',
            'Project name: “{"x": "ş"}” should be text.',
        ),
        (
            '{"partners": [5]}',
            "Ortaklar: “[5]” bir nesne listesi olmalı.",
            "Partners: “[5]” must be a list of objects.",
        ),
        ('{"goals": [true]}', "“[true]” diye bir küresel amaç yok.", "there is no goal “[true]”."),
        ("[1]", "Bu bir proje değil: süslü ayraç", "This is not a project: an object in braces"),
        ('{"title" 5}', "10. karakterden sonrası JSON olarak", "as JSON from character 10 on."),
        ("[" * 9999, "1. karakterden sonrası JSON olarak", "as JSON from character 1 on."),
    ],
)
def test_what_is_wrong_is_said_in_one_language(izsa: Izsa, line: Line, bad: str, turkish: str, english: str) -> None:
    """Nothing of how Python or its parser would say it."""
    for language, expected in (("tr", turkish), ("en", english)):
        ended = izsa("--data", line.bornova, "--lang", language, "add", "-", stdin=bad.encode())
        assert (ended.code != 0, ended.out) == (True, "")
        assert expected in ended.err
        assert not any(word in ended.err for word in ("Expecting", "None", "True", "{'"))
