"""Which projects are called alike: the labelled pairs, the traps, the rules of the score."""

from collections.abc import Sequence
from statistics import mean

import numpy as np
import pytest

from izsa_desktop.analysis.likeness import WEIGHTS, Index
from izsa_desktop.analysis.reasons import reasons
from izsa_desktop.analysis.subject import Subject
from izsa_desktop.domain.errors import Cancelled
from izsa_desktop.domain.project import Location
from tests.analysis.corpus import labelled, real_projects, said, subjects
from tests.support import BORNOVA, KEMALPASA

KIRAZ = "TUR035020"


def scores_of(some: Sequence[Subject], pairs: Sequence[tuple[int, int]]) -> list[float]:
    index = Index(some)
    return [float(index.scores(some[a], [b])[0]) for a, b in pairs]


def area(better: Sequence[float], worse: Sequence[float]) -> float:
    return mean((one > other) + (one == other) / 2 for one in better for other in worse)


def test_labelled_pairs_are_told_apart() -> None:
    same, similar, different = (scores_of(subjects(), labelled(name)) for name in ("same", "similar", "different"))
    assert area(same, different) >= 0.98
    assert area(similar, different) >= 0.97


def test_by_text_alone_too() -> None:
    some = subjects(text_only=True)
    same, similar, different = (scores_of(some, labelled(name)) for name in ("same", "similar", "different"))
    assert area(same, different) >= 0.96
    assert area(similar, different) >= 0.97


@pytest.mark.parametrize(("label", "least"), [("same", 0.97), ("similar", 0.90)])
def test_the_right_ones_are_among_the_best_five(label: str, least: float) -> None:
    index = Index(subjects())
    asked = [pair for a, b in labelled(label) for pair in ((a, b), (b, a))]
    hits = [other in {like.place for like in index.like(subjects()[one], 5)} for one, other in asked]
    assert mean(hits) >= least


@pytest.mark.parametrize(
    ("asked", "right", "wrong"),
    [
        (said("Kiraz fidanı dağıtımı"), said("Çiftçiye kiraz fidanları"), said("Kiraz'da pazar yeri", district=KIRAZ)),
        (said("Fide desteği"), said("Çiftçilere fide dağıtıldı"), said("Fidan dikimi")),
        (said("Çatıya GES"), said("Okul çatısında güneş paneli"), said("Çatı onarımı")),
        (said("Solar panels on roofs"), said("Çatılara güneş enerjisi santrali"), said("Walls of the old town")),
        (said("BİSİKLET YOLU"), said("bisıklet yolları"), said("Kent yolları")),
        (said("Küçük Menderes havzasını korumak"), said("Küçük Menderes nehri"), said("Yeni Menderes kütüphanesi")),
    ],
    ids=("kiraz", "fide", "ges", "english", "case", "menderes"),
)
def test_false_friends(asked: Subject, right: Subject, wrong: Subject) -> None:
    index = Index([wrong, right, *subjects(text_only=True)])
    low, high = index.scores(asked, [0, 1])
    assert high > low + 0.1


def test_scores_are_the_same_both_ways_and_within_bounds() -> None:
    index = Index(subjects())
    everything = np.array([index.scores(one, range(len(subjects()))) for one in subjects()])
    assert np.allclose(everything, everything.T, atol=1e-5)
    assert everything.min() >= 0
    assert np.allclose(np.diag(everything), 1, atol=1e-5)


def test_what_one_does_not_say_is_left_out() -> None:
    full, bare = said("Bisiklet yolu", goals=("11",), audience_note="Öğrenciler", start="2024"), said("Bisiklet yolu")
    index = Index([full, bare])
    assert np.isnan(index.measures(full, [1])["goals"][0])
    assert index.scores(full, [1])[0] == pytest.approx(1)
    nothing = said("")
    assert Index([nothing, full]).scores(nothing, [1])[0] == 0
    assert Index([nothing, full]).like(nothing) == Index([]).like(full) == []


def test_a_project_that_is_not_in_the_index_can_be_asked_about() -> None:
    index = Index(subjects()[1:])
    first = subjects()[0]
    assert index.ids[index.like(first, 1)[0].place] == "74"  # its second description
    new = said("Zürafa bisikleti")
    assert {index.ids[like.place] for like in index.like(new, 3)} & {"27", "28", "53", "82"}


def test_near_places_and_years_count() -> None:
    def there(lat: float, year: str, district: str = "") -> Subject:
        return said("Park", location=Location(lat, 27.2), start=year, district=district)

    one, close, far = there(38.45, "2024"), there(38.451, "2024-05"), there(38.7, "2012")
    index = Index([close])
    assert "near" in [reason.kind for reason in reasons(index, one, close)]
    measured = Index([close, far]).measures(one, [0, 1])
    assert measured["place"][0] > 0.9
    assert measured["place"][1] < 0.1
    assert list(measured["time"]) == [1, 0]
    own, other = said("x", district=BORNOVA), said("y", district=KEMALPASA, place="Bornova'da bir park")
    assert Index([other]).measures(own, [0])["place"][0] > 0


def test_reasons_name_what_both_say() -> None:
    some = subjects()
    index = Index(some)
    a, b = labelled("same")[0]
    found = {reason.kind: reason for reason in reasons(index, some[a], some[b])}
    assert {"words", "theme", "goals"} <= found.keys()
    assert {"kapıdan kapıya ambalaj", "mavi poşetlerle"} < set(found["words"].values)
    assert found["goals"].values == ("12",)
    assert found["theme"].values[0] == "ambalaj atığı"
    total = sum(reason.share for reason in found.values())
    assert total <= float(index.scores(some[a], [b])[0]) + 1e-6
    assert [*found.values()] == sorted(found.values(), key=lambda reason: -reason.share)


def phrases(a: Subject, b: Subject, kind: str = "words") -> set[str]:
    return {value for reason in reasons(Index([b]), a, b) if reason.kind == kind for value in reason.values}


def test_words_that_follow_each_other_in_both_are_one_phrase_as_the_first_says_it() -> None:
    oil = said("Bitkisel atık yağların toplanması", purpose="Evde biriken")
    assert phrases(oil, said("Atık yağların, pil ve bitkisel ürün")) == {"atık yağların", "bitkisel"}
    assert phrases(oil, said("Evde biriken atık yağların")) == {"atık yağların", "evde biriken"}
    assert phrases(oil, said("Toplanması evde")) == {"toplanması", "evde"}  # there it goes over two texts
    twice = said("Atık yağ", purpose="Yağ için atık")
    assert phrases(twice, said("atık yağ")) == {"atık yağ"}
    assert phrases(said("Kovan ve malzeme"), said("Arıcıya kovan ve malzeme")) == {"kovan ve malzeme"}
    assert phrases(said("Kovan ve malzeme"), said("Kovan için malzeme")) == {"kovan", "malzeme"}
    school, other = said("x", audience_note="Okul öncesi çocuklar"), said("y", audience_note="Okul öncesi eğitim")
    assert phrases(school, other, "audience") == {"okul öncesi"}


def test_pairs_are_those_of_the_lists() -> None:
    some = subjects()
    index = Index(some)
    pairs = {(a, b): score for a, b, score in index.pairs(least=0.5, each=100)}
    every = {(a, b) for b in range(len(some)) for a in range(b)}
    expected = {(a, b) for a, b in every if index.scores(some[a], [b])[0] >= 0.5}
    assert set(pairs) == expected
    assert len(expected) > 20
    for (a, b), score in pairs.items():
        assert score == pytest.approx(float(index.scores(some[a], [b])[0]), abs=1e-5)


def test_the_search_for_pairs_tells_how_far_it_is_and_can_be_stopped() -> None:
    index, told = Index(subjects()), []
    list(index.pairs(progress=lambda done, all_: told.append((done, all_))))
    count = len(real_projects())
    assert told == [(0, count), (50, count), (count, count)]

    def stop(done: int, _all: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(index.pairs(progress=stop))


def test_the_order_of_the_projects_makes_no_difference() -> None:
    some = list(subjects())
    one, other = Index(some), Index(some[::-1])
    for asked in some[:10]:
        assert [(one.ids[x.place], round(x.score, 4)) for x in one.like(asked, 5)] == [
            (other.ids[x.place], round(x.score, 4)) for x in other.like(asked, 5)
        ]


def test_weights_add_up() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)
