"""How well alike projects are found and goals suggested, beside simpler ways; and how fast.

    python benchmarks/similar.py [--quick] [COUNT …]

Labelled pairs (tests/data/similar_pairs.csv, by row of resources/demo/projects.jsonl): ``same`` one project told twice,
``similar`` joint work, ``different`` look alike and are not. Pairs that nobody labelled are taken as different in a
second figure. Goals are suggested for each tenth of the projects by what is learnt from the other nine; a project and
its second description are never on both sides.
"""

import argparse
import csv
import json
import math
import random
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from msgspec.structs import replace
from rapidfuzz import fuzz

from benchmarks.corpus import corpus
from benchmarks.measuring import row, table
from izsa_desktop import reference, resource_files
from izsa_desktop.analysis.concepts import Concepts
from izsa_desktop.analysis.goals import Example, GoalIdea, Suggester
from izsa_desktop.analysis.likeness import WEIGHTS, Index
from izsa_desktop.analysis.subject import Reading
from izsa_desktop.domain.errors import UnknownDistrict
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.text import fold, words
from izsa_desktop.usecases import wording

PAIRS = Path(__file__).parents[1] / "tests" / "data" / "similar_pairs.csv"
KNOWN = reference.load()
Scores: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Pair: TypeAlias = "tuple[int, int]"


def real_projects() -> list[dict[str, Any]]:
    text = resource_files.path("demo/projects.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def labelled() -> dict[str, list[Pair]]:
    """Pairs of rows, counted from zero, by label."""
    found: dict[str, list[Pair]] = {"same": [], "similar": [], "different": []}
    with PAIRS.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            found[line["label"]].append((int(line["a"]) - 1, int(line["b"]) - 1))
    return found


def fields_of(one: dict[str, Any]) -> ProjectFields:
    """As a clerk would enter it; another city's district goes into the place."""
    try:
        district, place = KNOWN.district(one["district"]).code, one["place"] or ""
    except UnknownDistrict:
        district, place = "", f"{one['district']} {one['place'] or ''}"
    return ProjectFields(
        title=one["title"],
        purpose=one["purpose"],
        audience_note=one["audience"],
        start=one["start"],
        goals=tuple(map(str, one["sdgs"])),
        district=district,
        place=place,
    )


def text_only(fields: ProjectFields) -> ProjectFields:
    return ProjectFields(title=fields.title, purpose=fields.purpose)


_WITHOUT: dict[str, dict[str, Any]] = {
    "goals": {"goals": ()},
    "audience": {"audience_note": ""},
    "place": {"place": "", "district": ""},
}


# --- ways to compare -------------------------------------------------------------------------------------------------


def ours(entered: Sequence[ProjectFields], reading: Reading) -> Scores:
    subjects = [reading.subject(str(n), fields) for n, fields in enumerate(entered)]
    index, everyone = Index(subjects), range(len(subjects))
    return np.array([index.scores(one, everyone) for one in subjects])


def with_weights_moved(entered: Sequence[ProjectFields], reading: Reading, times: int = 200) -> Iterator[Scores]:
    """The same with each weight multiplied by something between a half and one and a half."""
    subjects = [reading.subject(str(n), fields) for n, fields in enumerate(entered)]
    index, everyone = Index(subjects), range(len(subjects))
    measured = [index.measures(one, everyone) for one in subjects]
    values = {name: np.array([one[name] for one in measured]) for name in WEIGHTS}
    chance = random.Random(35)
    for _ in range(times):
        weights = {name: weight * chance.uniform(0.5, 1.5) for name, weight in WEIGHTS.items()}
        whole = sum(weights[name] * ~np.isnan(values[name]) for name in WEIGHTS)
        yield np.asarray(sum(weights[name] * np.nan_to_num(values[name]) for name in WEIGHTS) / whole)


def tf_idf(texts: Sequence[str]) -> Scores:
    """Plain: folded words, counted, by how rare they are; cosine."""
    counted = [Counter(words(text, 40)) for text in texts]
    holding = Counter(word for one in counted for word in one)
    rare = {word: math.log((1 + len(texts)) / (1 + n)) + 1 for word, n in holding.items()}
    columns = {word: n for n, word in enumerate(holding)}
    rows = np.zeros((len(texts), len(columns)))
    for n, one in enumerate(counted):
        for word, count in one.items():
            rows[n, columns[word]] = count * rare[word]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows @ rows.T)


def by_fuzz(scorer: Callable[..., float]) -> Callable[[Sequence[str]], Scores]:
    def compare(texts: Sequence[str]) -> Scores:
        plain = [fold(text) for text in texts]
        return np.array([[scorer(a, b) for b in plain] for a in plain])

    return compare


# --- figures ---------------------------------------------------------------------------------------------------------


def area(scores: Scores, better: Sequence[Pair], worse: Sequence[Pair]) -> float:
    """How likely a pair of the first kind scores above one of the second (area under the ROC curve)."""
    low = np.array([scores[pair] for pair in worse])
    return float(np.mean([np.mean(scores[pair] > low) + np.mean(scores[pair] == low) / 2 for pair in better]))


def in_top(scores: Scores, pairs: Sequence[Pair], most: int = 5) -> float:
    """How often one of a pair is among the best of the other, asked from both sides."""
    found = []
    for a, b in (asked for pair in pairs for asked in (pair, pair[::-1])):
        best = [n for n in np.argsort(-scores[a], kind="stable") if n != a][:most]
        found.append(b in best)
    return float(np.mean(found))


def figures(scores: Scores, pairs: dict[str, list[Pair]]) -> list[str]:
    listed = {tuple(sorted(pair)) for some in pairs.values() for pair in some}
    random_ones = [pair for pair in combinations(range(len(scores)), 2) if pair not in listed]
    different = pairs["different"]
    return [
        f"{area(scores, pairs['same'], different):.3f}",
        f"{area(scores, pairs['similar'], different):.3f}",
        f"{area(scores, pairs['same'], different + random_ones):.3f}",
        f"{area(scores, pairs['similar'], different + random_ones):.3f}",
        f"{in_top(scores, pairs['same']):.1%}",
        f"{in_top(scores, pairs['similar']):.1%}",
    ]


def _number(figure: str) -> float:
    return float(figure.rstrip("%"))


def print_likeness() -> None:
    pairs, reading = labelled(), wording.reading(KNOWN)
    entered = [fields_of(one) for one in real_projects()]
    texts = [f"{fields.title} {fields.purpose}" for fields in entered]
    print("\n".join(table("", ("same", "similar", "same, + unlabelled", "similar, + unlabelled", "same in five",
                               "similar in five"))))  # fmt: skip
    print(row("ours", figures(ours(entered, reading), pairs)))
    moved = [figures(scores, pairs) for scores in with_weights_moved(entered, reading)]
    print(
        row("weights moved by up to a half: worst of 200", [min(one, key=_number) for one in zip(*moved, strict=True)])
    )
    for name, without in _WITHOUT.items():
        print(row(f"ours without {name}", figures(ours([replace(one, **without) for one in entered], reading), pairs)))
    print(row("ours, text alone", figures(ours([text_only(one) for one in entered], reading), pairs)))
    no_themes = Reading(reading.words, Concepts({}), KNOWN)
    print(row("no list of themes", figures(ours(entered, no_themes), pairs)))
    print(row("text alone, no list of themes", figures(ours([text_only(one) for one in entered], no_themes), pairs)))
    ways = {"TF-IDF": tf_idf, "token sort": by_fuzz(fuzz.token_sort_ratio), "token set": by_fuzz(fuzz.token_set_ratio)}
    for name, compare in ways.items():
        print(row(f"{name}, text alone", figures(compare(texts), pairs)))
    everything = [f"{text} {fields.audience_note} {fields.place}" for text, fields in zip(texts, entered, strict=True)]
    print(row("TF-IDF, all texts", figures(tf_idf(everything), pairs)))


# --- goals -----------------------------------------------------------------------------------------------------------


def folds(projects: Sequence[dict[str, Any]], parts: int = 10, seed: int = 0) -> Iterator[tuple[list[int], list[int]]]:
    """Rows to learn from and rows to ask about."""
    firsts = [n for n, one in enumerate(projects) if "alt_of" not in one]
    random.Random(seed).shuffle(firsts)
    for part in range(parts):
        asked = {*firsts[part::parts]}
        asked |= {n for n, one in enumerate(projects) if one.get("alt_of", 0) - 1 in asked}
        yield [n for n in range(len(projects)) if n not in asked], sorted(asked)


def goals_by_majority(texts: Sequence[str], goals: Sequence[list[str]], learnt: list[int], asked: int) -> list[str]:
    return [goal for goal, _ in Counter(goals[n][0] for n in learnt).most_common()]


def goals_by_neighbour(texts: Sequence[str], goals: Sequence[list[str]], learnt: list[int], asked: int) -> list[str]:
    """The goals of the projects with the most like texts, one after the other."""
    alike = tf_idf([texts[asked], *(texts[n] for n in learnt)])[0][1:]
    order = np.argsort(-alike, kind="stable")
    return list(dict.fromkeys(goal for n in order for goal in goals[learnt[n]]))


def print_goals() -> None:
    projects, reading = real_projects(), wording.reading(KNOWN)
    texts = [f"{one['title']}\n{one['purpose']}" for one in projects]
    goals = [[str(goal) for goal in one["sdgs"]] for one in projects]
    named = wording.goal_words()
    kinds: dict[str, list[tuple[bool, bool]]] = {}
    for seed in range(3):
        for learnt, asked in folds(projects, seed=seed):
            examples = [Example(texts[n], goals[n]) for n in learnt]
            made = {}
            for name, phrases in (("ours", named), ("words alone", named), ("learnt alone", Concepts({}))):
                made[name] = Suggester(reading.words, phrases, reading.themes, KNOWN.goals)
                made[name].learn([] if name == "words alone" else examples)
            for n in asked:
                said: dict[str, list[str]] = {name: _codes(one.suggest(texts[n], 3)) for name, one in made.items()}
                said["nearest neighbour"] = goals_by_neighbour(texts, goals, learnt, n)
                said["majority"] = goals_by_majority(texts, goals, learnt, n)
                for name, codes in said.items():
                    kinds.setdefault(name, []).append((codes[:1] == goals[n][:1], goals[n][0] in codes[:3]))
    print("\n".join(table("main goal", ("first", "among three"))))
    for name, hits in kinds.items():
        print(row(name, [f"{np.mean([hit[k] for hit in hits]):.1%}" for k in (0, 1)]))


def _codes(ideas: Sequence[GoalIdea]) -> list[str]:
    return [idea.goal for idea in ideas]


# --- speed -----------------------------------------------------------------------------------------------------------


def print_speed(counts: Sequence[int], all_pairs_up_to: int) -> None:
    print(
        "\n".join(
            table("projects", ("index, s", "one list, ms: median", "slowest of 50", "all pairs, s", "memory, MB"))
        )
    )
    for count in counts:
        reading, entered = wording.reading(KNOWN), list(corpus(count))
        began = time.perf_counter()
        index = Index(reading.subject(str(n), fields) for n, fields in enumerate(entered))
        made = time.perf_counter() - began
        times = []
        for n in range(0, count, max(1, count // 50)):
            began = time.perf_counter()
            index.like(reading.subject(str(n), entered[n]))
            times.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        paired = sum(1 for _ in index.pairs()) if count <= all_pairs_up_to else 0
        whole = f"{time.perf_counter() - began:.2f}" if paired else "–"
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(row(f"{count:,}", [f"{made:.2f}", f"{np.median(times):.1f}", f"{max(times):.1f}", whole, str(memory)]))


def main() -> None:
    """Prints three Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="without the speed of many projects")
    parser.add_argument("counts", nargs="*", type=int)
    wanted = parser.parse_args()
    print_likeness()
    print()
    print_goals()
    print()
    print_speed(wanted.counts or ([1_000] if wanted.quick else [1_000, 10_000, 100_000]), 20_000)


if __name__ == "__main__":
    main()
