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


def test_templates_are_left_out_and_entities_resolved():
    assert sections("<template><p>no</p></template><p>yes &amp; &#x3042;</p>") == [((), "body", "yes & あ")]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>unseen</p>",
        '<p style="Display : none;">unseen</p>',
        '<p style="color:red; visibility: hidden">unseen</p>',
        '<p style="font-size:0px">unseen</p>',
        '<p style="color: #FFF">unseen</p>',
        '<p style="color: white !important">unseen</p>',
        "<font color=white>unseen</font>",
        '<div style="display:none"><h2>un</h2><table><tr><td>se</td><td>en</td></tr></table><nav>x</nav></div>',
    ],
)
def test_what_a_reader_does_not_see_is_kept_apart_under_its_heading(hidden):
    found = extract(f"<h1>Title</h1><p>seen</p>{hidden}<p>seen too</p>")
    body, unseen = found.sections
    assert (body.heading, body.kind, body.text) == (("Title",), "body", "seen\nseen too")
    assert (unseen.heading, unseen.kind) == (("Title",), "hidden")
    assert unseen.text in ("unseen", "un\nse\nen\nx")
    assert found.warnings == ("hidden_text: 1",)


@pytest.mark.parametrize(
    "seen",
    [
        '<div bgcolor="navy"><p style="color:#fff">seen</p></div>',
        '<p style="color:#fff;background-color:navy">seen</p>',
        '<style>.a { background: navy }</style><div class="a"><p style="color:#fff">seen</p></div>',
        '<p style="font-size:0.9em; color: #ffff00">seen</p>',
        '<p style="background-color:white">seen</p>',
        '<p aria-hidden="true">seen</p>',
    ],
)
def test_white_letters_on_a_background_are_seen(seen):
    assert sections(f"<p>a</p>{seen}") == [((), "body", "a\nseen")]


def test_a_hidden_word_does_not_cut_its_paragraph():
    assert sections('<p>one <span style="display:none">two</span> three</p>') == [((), "body", "one three"), ((), "hidden", "two")]


def test_comments_with_words_are_kept_and_are_no_doubt_about_the_page():
    head, tail = "<!-- first --><html><head><!-- second --></head>", "<!-- <p>old <b>text</b></p> --><!--[if mso]>x y<![endif]--><!-- -->"
    html = f"{head}<body><p>text</p>{tail}</body></html>"
    found = extract(html)
    assert [(s.kind, s.locator, s.text) for s in found.sections] == [("body", "", "text"), ("hidden", "comment", "first\nsecond\nold text")]
    assert found.warnings == ()


def test_elements_that_xhtml_closes_at_once_do_not_swallow_the_page():
    head = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a"/></head>'
    assert sections(f'{head}<body><p>a <a id="x"/>b<br/>c</p></body></html>') == [((), "body", "a b\nc")]


def test_a_page_of_comments_only_has_no_text():
    with pytest.raises(ReadError) as caught:
        extract("<html><body><!-- the app is built here --><div id=app></div></body></html>")
    assert caught.value.code == "no_text"


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
