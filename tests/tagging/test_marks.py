"""What a document's HTML says of its structure, and what is written into it."""

import re

import pytest

from izsa_desktop.tagging.marks import Marked, Node, mark


def tree(marked: Marked) -> list[object]:
    def told(node: Node) -> list[object]:
        return [node.role, *(marked.texts.get(kid, kid) if isinstance(kid, int) else told(kid) for kid in node.kids)]

    return told(marked.root)


def body(html: str) -> Marked:
    return mark(f"<html lang='tr'><head><title>Baş &amp; son</title></head><body>{html}</body></html>")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>A</h1><p>b <i>c</i></p>", [["H1", "A"], ["P", "b ", "c"]]),
        ("<div>a <b>b</b><p>c</p>d</div>", [["Div", ["P", "a ", "b"], ["P", "c"], ["P", "d"]]]),
        ("<ol><li>a<ul><li>b</li></ul></li></ol>", [["L", ["LI", ["LBody", "a", ["L", ["LI", ["LBody", "b"]]]]]]]),
        (
            "<dl><dt>a</dt><dd>b</dd><div><dt>c</dt><dd>d</dd></div></dl>",
            [["L", ["LI", ["Lbl", "a"], ["LBody", "b"]], ["LI", ["Lbl", "c"], ["LBody", "d"]]]],
        ),
        (
            "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td></td></tr></tbody></table>",
            [["Table", ["THead", ["TR", ["TH", "a"]]], ["TBody", ["TR", ["TD"]]]]],
        ),
        ("<p>a <a href='#x'>b <b>c</b></a></p>", [["P", "a ", ["Link", "b c"]]]),
        ("<p>a <span lang='en'>b</span></p>", [["P", "a ", ["Span", "b"]]]),
        ("<p aria-hidden='true'>a</p><p>b</p>", [["P", "b"]]),
        ("<p>a<div>b</div></p>", [["P", "a", "b"]]),
    ],
)
def test_the_structure_is_what_the_elements_say(html: str, expected: list[object]) -> None:
    assert tree(body(html)) == ["Document", *expected]


def test_headings_leave_no_level_out() -> None:
    roles = [
        node.role
        for node in body("<h2>a</h2><h4>b</h4><h6>c</h6><h2>d</h2><h3>e</h3>").root.kids
        if isinstance(node, Node)
    ]
    assert roles == ["H1", "H2", "H3", "H2", "H3"]


def test_pictures_say_what_they_show_and_decoration_is_left_out() -> None:
    marked = body(
        '<img src="a" alt="Foto"><img src="b" alt="">'
        '<svg role="img" aria-label="Harita" viewBox="1 2 3 4"><text>x</text></svg>'
        '<svg aria-hidden="true"><text>süs</text></svg><svg><text>süs</text></svg>'
        '<div role="img" aria-label="Karekod"><svg><path d=""/></svg></div>'
    )
    figures = [node for node in marked.root.kids if isinstance(node, Node) and node.role == "Figure"]
    code = [node for div in marked.root.kids if isinstance(div, Node) for node in div.kids if isinstance(node, Node)]
    assert [node.said for node in (*figures, *code)] == ["Foto", "Harita", "Karekod"]
    assert marked.texts == {}
    assert len(marked.pictures) == 3
    assert '<rect x="1" y="2" width="100%" height="100%"' in marked.html


def test_a_picture_in_a_link_is_what_the_link_says() -> None:
    [paragraph] = body('<p><a href="#x"><img src="a" alt="Foto"></a></p>').root.kids
    assert isinstance(paragraph, Node)
    [link] = paragraph.kids
    assert isinstance(link, Node)
    assert (link.role, link.said) == ("Link", "Foto")


def test_without_its_marks_the_document_is_what_it_was() -> None:
    html = (
        '<ul class="a">\n <li><b>1</b> iki &amp; üç</li>\n</ul><svg role="img" aria-label="x"><g/></svg><img alt="y">'
    )
    unmarked = re.sub(r'<a href="mark:\d+"[^>]*>(<rect[^>]*/>)?|</a>', "", body(html).html)
    assert unmarked == body("").html.replace("<body>", f"<body>{html}")


def test_links_keep_everything_but_where_they_lead() -> None:
    marked = body('<p id="a"><a class="x" href="https://example.org/?a=1&amp;b=&quot;" title="&lt;">b</a></p>')
    assert '<a href="mark:0" class="x" title="&lt;">b</a>' in marked.html
    assert marked.anchors == {"a": 0}


def test_title_and_language_are_the_documents() -> None:
    marked = body("<svg><title>x</title></svg>")
    assert (marked.title, marked.language) == ("Baş & son", "tr")
