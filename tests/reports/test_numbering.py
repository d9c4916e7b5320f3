"""Page numbers taken out of a document's rules, and left alone in them."""

from izsa_desktop.reports.numbering import head, numbers_html, without_numbers

HTML = """<html lang="tr"><head><title>counter(page)</title><style>
@page { margin: 1mm; @bottom-right { content: counter(page) " / " counter(pages); color: red }
  @top-center {content:"s. " counter(page)} @bottom-left { content: "Kapı; no 7"; } }
p::before { content: "–" }
</style></head>
<body><p>content: counter(page) / counter(pages);</p></body></html>"""


def test_only_rules_for_page_numbers_are_taken_out() -> None:
    html = without_numbers(HTML)
    above, body = html.split("<body>")
    assert "counter(page" not in above.replace("<title>counter(page)", "")
    assert 'content: "Kapı; no 7"' in above
    assert 'content: "–"' in above
    assert "color: red" in above
    assert "content: counter(page) / counter(pages);" in body


def test_pages_with_numbers_have_nothing_else() -> None:
    html = numbers_html(head(HTML), 51, 3, 345)
    assert 'content: counter(page) " / " "345"; color: red' in html
    assert '{content:"s. " counter(page)}' in html
    assert ("Kapı" in html.replace('; no 7"', ""), "–" in html) == (False, False)
    assert "counter-set: page 51 " in html
    assert html.count("break-after: page") == 2
    assert "<p>" not in html


def test_a_document_without_a_body_is_its_own_head() -> None:
    assert head("<p>x</p>") == "<p>x</p>"
    assert without_numbers("<p>x</p>") == "<p>x</p>"
