import pytest

from corpuskit.errors import ReadError
from corpuskit.ingest.markup import HTML
from corpuskit.ingest.reader import RawFile, ReadOptions


def extract(html, encoding="utf-8"):
    return HTML.extract(RawFile("x.html", html.encode(encoding), ReadOptions()))


def sections(html):
    return [(s.heading, s.kind, s.text) for s in extract(html).sections]


def test_furigana_scripts_and_styles_are_left_out():
    html = "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>を読む</p><script>var x='no'</script><style>p{}</style>"
    assert sections(html) == [((), "body", "漢字を読む")]


def test_headings_paragraphs_and_metadata():
    html = """<html><head><title> FAQ  page </title><meta name="author" content="Service"></head>
    <body><h1>FAQ</h1><h2>How do I pay?</h2><p>By <b>in</b>voice<br>or card.</p><div>Also<div>cash</div>here</div></body></html>"""
    found = extract(html)
    assert found.metadata == (("title", "FAQ page"), ("author", "Service"))
    assert [(s.heading, s.text) for s in found.sections] == [(("FAQ", "How do I pay?"), "By invoice\nor card.\nAlso\ncash\nhere")]


def test_tables_keep_rows_and_cells():
    html = "<table><tr><th>Item<th>Price<tr><td>Pump<td><p>100</p><p>EUR</p></table>"
    assert sections(html) == [((), "table", "Item\tPrice\nPump\t100 EUR")]


def test_a_layout_table_is_body():
    assert sections("<table><tr><td><p>One</p></td></tr></table>") == [((), "body", "One")]


def test_navigation_and_footer_are_marked_as_what_repeats():
    html = "<nav><a>Home</a></nav><main><p>text</p></main><footer>© Aomine</footer>"
    assert [(kind, text) for _, kind, text in sections(html)] == [("header", "Home"), ("body", "text"), ("footer", "© Aomine")]


def test_hidden_elements_and_comments_are_left_out():
    assert sections("<p hidden>no</p><!-- no --><template><p>no</p></template><p>yes &amp; &#x3042;</p>") == [((), "body", "yes & あ")]


def test_a_page_in_shift_jis_with_a_declaration():
    html = '<html><head><meta charset="Shift_JIS"></head><body><p>①㈱髙橋</p></body></html>'
    found = extract(html, "cp932")
    assert (found.sections[0].text, found.encoding) == ("①㈱髙橋", "cp932")


def test_deep_nesting_costs_neither_text_nor_the_stack():
    found = extract("<div>" * 100_000 + "deep" + "</div>" * 100_000)
    assert [s.text for s in found.sections] == ["deep"]


def test_preformatted_text_keeps_its_lines():
    assert sections("<pre>a\nb</pre>") == [((), "body", "a\nb")]


def test_a_page_without_text_says_so():
    with pytest.raises(ReadError) as caught:
        extract("<html><body><div id=app></div><script>render()</script></body></html>")
    assert caught.value.code == "no_text"


def test_fragments_are_read():
    assert sections("no tags at all") == [((), "body", "no tags at all")]
