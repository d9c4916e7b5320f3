"""HTML taken apart loses nothing."""

from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.tagging.html import End, Other, Start, Text, parts

TAGS = ("<p>", "</p>", '<a href="x>y">', "<br>", "<svg viewBox='0 0 1 1'/>", "<!-- <p> -->", "<style>p > b {}</style>")
TEXTS = ("metin ", "&amp; ", "ığşİ", "a < b", '"', "'", "<", ">", "</", "<script>1<2</script>", "<!DOCTYPE html>")
PIECES = st.sampled_from((*TAGS, *TEXTS))


@given(st.lists(PIECES))
def test_the_parts_are_the_document_again(pieces: list[str]) -> None:
    html = "".join(pieces)
    assert "".join(part.source for part in parts(html)) == html


def test_each_part_says_what_it_is() -> None:
    start, text, end, comment, whole, style = parts(
        """<A Href='?a=1&amp;b=2' hidden>x &lt;  y</A><!-- <p> --><img alt="a > b"><style>a > b {}</style>"""
    )
    assert start == Start("a", {"href": "?a=1&b=2", "hidden": ""}, False, "<A Href='?a=1&amp;b=2' hidden>")
    assert isinstance(text, Text)
    assert text.read == "x < y"
    assert end == End("a", "</A>")
    assert isinstance(comment, Other)
    assert isinstance(style, Other)
    assert isinstance(whole, Start)
    assert whole.whole
    assert whole.attributes == {"alt": "a > b"}
