"""Operations as Skia writes them, told apart."""

from izsa_desktop.tagging.content import Matrix, Place, told_apart
from izsa_desktop.tagging.fonts import Font
from izsa_desktop.tagging.words import Texts

LETTERS = Font({code: chr(code) for code in range(32, 127)}, b"0020")
PAGE = ".24 0 0 -.24 0 841.92 cm"


def shown(text: str) -> str:
    return "<" + "".join(f"{ord(letter):04X}" for letter in text) + "> Tj"


def text_at(x: float, y: float, text: str) -> str:
    return f"BT\n/F1 10 Tf\n1 0 0 1 {x} {y} Tm\n{shown(text)}\nET"


def nothing_within(_name: bytes, _matrix: Matrix) -> bool:
    return False


def told(operations: str, places: list[Place], texts: dict[int, str] | None = None) -> tuple[str, list[int]]:
    out, marks = told_apart(operations.encode(), places, {b"/F1": LETTERS}, Texts(texts or {}), within=nothing_within)
    return out.decode(), marks


def place(number: int, left: float, bottom: float, right: float, top: float, *, picture: bool = False) -> Place:
    return Place(number, left, bottom, right, top, picture)


def test_a_text_belongs_to_the_mark_where_it_stands() -> None:
    out, marks = told(text_at(50, 500, "abc"), [place(7, 49, 497, 80, 510)])
    assert marks == [7]
    assert out.splitlines() == ["/Span <</MCID 0>> BDC", *text_at(50, 500, "abc").splitlines(), "EMC"]


def test_the_smallest_place_counts() -> None:
    _out, marks = told(text_at(50, 500, "abc"), [place(1, 0, 0, 500, 800, picture=True), place(7, 49, 497, 80, 510)])
    assert marks == [7]


def test_a_text_right_behind_another_is_its_own() -> None:
    places = [place(1, 49, 497, 60, 510), place(2, 60, 497, 300, 510)]
    assert told(text_at(60, 500, " b"), places)[1] == [2]  # also where the first is the smaller one
    assert told(text_at(60, 500, " "), places[:1])[1] == [1]  # a blank between two belongs to what it follows


def test_what_has_no_mark_is_decoration_and_in_the_margin_belongs_to_the_page() -> None:
    out, marks = told(f"{text_at(50, 500, 'abc')}\n{text_at(50, 20, '3')}\n0 0 9 9 re\nf", [])
    assert marks == []
    assert [line for line in out.splitlines() if line.startswith("/Artifact")] == [
        "/Artifact BMC",
        "/Artifact <</Type /Pagination>> BDC",
        "/Artifact BMC",
    ]
    assert out.splitlines().count("EMC") == 3


def test_what_is_drawn_in_a_picture_belongs_to_it_wherever_the_page_is_moved() -> None:
    drawing = f"q\n{PAGE}\nq\n3.125 0 0 3.125 100 100 cm\n10 10 m\n20 20 l\nh\nf\nQ\nQ\n0 0 9 9 re\nf"
    out, marks = told(drawing, [place(3, 20, 700, 120, 820, picture=True)])
    assert marks == [3]
    lines = out.splitlines()
    begin, end = lines.index("/Span <</MCID 0>> BDC"), lines.index("EMC")
    assert lines[begin + 1 : end] == ["10 10 m", "20 20 l", "h", "f"]  # and it ends before the q in which it began
    assert lines[end + 1] == "Q"


def test_a_blank_is_added_where_a_line_was_broken() -> None:
    lines = f"{text_at(50, 500, 'one')}\n{text_at(50, 480, 'two')}\n{text_at(50, 460, 'thr')}\n{text_at(50, 440, 'ee')}"
    out, marks = told(lines, [place(0, 49, 437, 80, 510)], {0: "one\n two three"})
    assert [shown("one "), shown("two "), shown("thr"), shown("ee")] == [
        line for line in out.splitlines() if line.endswith("Tj")
    ]
    assert marks == [0]


def test_a_text_whose_place_was_lost_is_found_by_what_it_says() -> None:
    lines = f"{text_at(50, 500, 'one')}\n{text_at(300, 700, 'two')}\n{text_at(300, 680, 'else')}"
    out, marks = told(lines, [place(0, 49, 497, 80, 510)], {0: "one two"})
    assert marks == [0]
    assert out.index("/Artifact BMC") > out.index(shown("two"))


def test_a_part_that_is_read_otherwise_stands_beside_the_rest() -> None:
    spelled = f"/Span<</ActualText <FEFF2019> >> BDC\n5 0 Td {shown('x')}\nEMC"
    text = f"BT\n/F1 10 Tf\n1 0 0 1 50 500 Tm\n{shown('a')}\n{spelled}\n5 0 Td {shown('b')}\nET"
    out, marks = told(text, [place(0, 49, 497, 80, 510)], {0: "a’b"})
    assert marks == [0, 0, 0]
    depth = 0
    for line in out.splitlines():
        depth += line.endswith("BDC") - (line == "EMC")
        assert depth in (0, 1)
    assert "/Span<</MCID 1</ActualText" not in out
    assert "/Span<</MCID 1/ActualText <FEFF2019> >> BDC" in out.replace("MCID 1 /", "MCID 1/")


def test_a_single_sign_may_be_spelled_in_brackets() -> None:
    spelled = f"/Span<</ActualText (\\() >> BDC\n5 0 Td {shown('x')}\nEMC"
    text = f"BT\n/F1 10 Tf\n1 0 0 1 50 500 Tm\n{shown('a')}\n{spelled}\n5 0 Td {shown('b')}\nET"
    _out, marks = told(text, [place(0, 49, 497, 80, 510)], {0: "a(b"})
    assert marks == [0, 0, 0]
