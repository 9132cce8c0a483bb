"""The frame of a page: what its policy allows, what its style and script say, and which language a text is in."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from corpuskit.report import phrasebook
from corpuskit.report.html_document import document, environment, language_of, spoken
from tests.report.hostile import any_text

EMPTY = Markup("")


class Head(HTMLParser):
    """Collects tags in order, and the text of the title, the style and the script as a browser would take it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.policy = ""
        self.inside: dict[str, str] = {}
        self.open = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.open = tag
        if ("http-equiv", "Content-Security-Policy") in attrs:
            self.policy = dict(attrs)["content"] or ""

    def handle_endtag(self, tag):  # noqa: ARG002
        self.open = ""

    def handle_data(self, data):
        if self.open in ("title", "style", "script"):
            self.inside[self.open] = self.inside.get(self.open, "") + data


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_policy_allows_this_style_and_this_script_and_nothing_else(language):
    head = Head(document(phrasebook(language), "title", EMPTY))
    style, script = digest(head.inside["style"]), digest(head.inside["script"])
    assert head.policy == f"default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"


def test_the_script_is_the_same_in_every_language_and_for_every_title():
    scripts = {Head(document(phrasebook(language), title, EMPTY)).inside["script"] for language in ("en", "ja") for title in ("a", "表 </script>")}
    assert len(scripts) == 1


def test_the_script_reaches_no_network_and_makes_no_markup_of_text():
    (script,) = {Head(document(phrasebook("en"), "t", EMPTY)).inside["script"]}
    for way in ("fetch", "XMLHttpRequest", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval", "import(", "http"):
        assert way not in script


@given(any_text)
def test_a_title_stays_text_in_the_head_and_in_the_margin(title):
    plain = Head(document(phrasebook("en"), "plain", EMPTY))
    head = Head(document(phrasebook("en"), title, EMPTY))
    assert head.tags == plain.tags
    own = head.inside["style"].removeprefix(plain.inside["style"].partition("@page { @top-left { content")[0])
    assert re.fullmatch(
        r'@page \{ @top-left \{ content: "([A-Za-z0-9]|\\[0-9a-f]+ )*"; \} \}\n@page :first \{ @top-left \{ content: none; \} \}\n', own
    )


def test_every_word_of_the_script_comes_from_an_attribute_that_the_page_has():
    page = document(phrasebook("en"), "t", EMPTY)
    script = Head(page).inside["script"]
    used = {re.sub(r"[A-Z]", lambda found: f"-{found[0].lower()}", name) for name in re.findall(r"words\.(\w+)", script)}
    given = set(re.findall(r' data-([a-z-]+)="', page.partition("<body")[2].partition(">")[0]))
    assert used == given


@given(any_text)
def test_a_value_in_a_template_is_escaped_and_can_be_written(value):
    shown = environment("en").from_string('<p title="{{ value }}">{{ value }}</p>').render(value=value)
    assert shown.encode("utf-8")
    assert shown.count("<") == 2
    assert shown.count('"') == 2
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069]", shown)


@pytest.mark.parametrize(
    ("text", "language"), [("納期が遅れています", "ja"), ("late delivery", "en"), ("日本", ""), ("123", ""), ("", ""), ("größer", "")]
)
def test_the_language_of_a_quote_is_told_only_where_something_tells(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("page", "text", "mark"),
    [
        ("ja", "cross-fitted error of a classifier", ' lang="en"'),
        ("ja", "Good 1953", ""),
        ("ja", "T2", ""),
        ("ja", "列「category」の誤り率", ""),
        ("en", "納期が遅れています。", ' lang="ja"'),
        ("en", "Ticket routing (お問い合わせ.csv)", ""),
        ("en", "Ticket routing", ""),
        ("en", "日本", ""),
    ],
)
def test_a_text_is_marked_where_it_is_plainly_of_the_other_language(page, text, mark):
    assert spoken(page, text) == mark


@given(st.sampled_from(["en", "ja"]), any_text)
def test_a_mark_is_an_attribute_or_nothing(page, text):
    assert spoken(page, text) in ("", ' lang="en"', ' lang="ja"')
