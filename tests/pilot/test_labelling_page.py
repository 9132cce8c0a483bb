"""The page that people label with: nothing of a case can run in it, and in a real browser the work survives a reload and comes out as a file."""

import json
import re
import shutil

import pytest

from corpuskit.errors import UsageError
from corpuskit.pilot import PAGE_WORDS, labelling_page, read_sheet
from corpuskit.pilot.labelling_page import as_script_data
from tests.pilot.frames import HOSTILE, cases
from tests.report.conftest import until

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


def in_a_browser(test):
    """Mark a test that looks at the page in Chromium."""
    skipped = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
    return pytest.mark.browser(skipped(pytest.mark.xdist_group("browser")(test)))


TRIES = 5
LABELS = ("納期", "請求・支払", '<b>"other"</b>', "=1+1")
FILLED = {
    "progress": "{done} of {total}",
    "finished": "all {total}",
    "case": "Case {number} of {total} {id}",
    "missing": "{missing} open",
    "loaded": "{taken} of {total} taken",
}
ENGLISH = {name: FILLED.get(name, f"en {name}") for name in PAGE_WORDS} | {"title": "Labelling: {task} ({coder})"}
JAPANESE = {name: FILLED.get(name, f"日本語 {name}") for name in PAGE_WORDS} | {"title": "ラベル付け: {task}({coder})"}


def page_of(made=None, labels=LABELS, words=None, coder="coder-1", **options):
    given = {"language": "en", "task": "<i>task</i>", "coder": coder, "digest": "d1", "file": f"{coder}-labels"} | options
    return labelling_page(made or cases(), labels, "guide <u>1</u>", words or {"en": ENGLISH, "ja": JAPANESE}, **given)


def test_texts_of_cases_stand_in_the_page_as_data_alone():
    page = page_of()
    assert page.count("<script") == 2
    assert page.count("</script>") == 2
    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1])
    assert [case["input"] for case in data["cases"]] == list(HOSTILE)
    assert data["labels"] == list(LABELS)
    assert "repair" not in page, "the recorded label is not for those who label"
    assert "tickets.csv" not in page, "nor is the place"
    assert "<i>task</i>" not in page.split('id="data"')[0]


def test_the_policy_allows_the_page_alone():
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page_of())[1]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert re.search(r'(src|href)="(?!#)', page_of().split('id="data"')[0]) is None


def test_data_cannot_end_its_element():
    assert "<" not in as_script_data({"a": "</script><!--"})
    assert json.loads(as_script_data({"a": "</script>&\u2028"})) == {"a": "</script>&\u2028"}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"labels": ("one",)}, "at least two labels"),
        ({"words": {"en": {}}}, "Words are missing"),
        ({"language": "fr"}, "missing in the page's languages: fr"),
    ],
)
def test_what_a_page_needs(options, told):
    with pytest.raises(UsageError, match=told):
        page_of(**options)


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield launched
        launched.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Open a page from disk, with everything that it complains of or asks the network for."""
    context = browser.new_context(accept_downloads=True, viewport={"width": 1000, "height": 800})
    told = []

    def opened(name="page", **options):
        file = tmp_path / f"{name}.html"
        file.write_text(page_of(**options), encoding="utf-8")
        page = context.new_page()
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: told.append(request.url) if not request.url.startswith(("file:", "blob:")) else None)
        page.goto(file.as_uri())
        return page

    yield opened
    context.close()
    assert told == []


def saved(page, button, folder):
    with page.expect_download() as waiting:
        page.click(button)
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


@in_a_browser
@pytest.mark.parametrize("how", ["csv", "json"])
def test_label_some_reload_go_on_and_save(opened, tmp_path, how):
    page = opened()
    for key in ("1", "2"):
        page.keyboard.press(key)
    page.fill("#comment", 'unsure, "quoted"\n二行目')
    assert page.inner_text("#counted") == "2 of 9"
    page.reload()
    assert page.inner_text("#counted") == "2 of 9"
    assert page.inner_text("#case-name").startswith("Case 3 of 9"), "it goes on at the first open case"
    assert page.input_value("#comment").startswith("unsure")
    for key in ("3", "4", "1"):
        page.keyboard.press(key)
    page.keyboard.press("u")
    assert page.inner_text("#counted") == "4 of 9"
    page.click("text=納期")
    path = saved(page, f"#save-{how}", tmp_path)
    assert page.inner_text("#notice") == "4 open"
    for _ in range(4):
        page.keyboard.press("2")
    assert page.inner_text("#counted") == "all 9"
    path = saved(page, f"#save-{how}", tmp_path)
    assert path.name == f"coder-1-labels.{how}"
    sheet = read_sheet(path)
    assert sheet.columns["id"] == [case.id for case in cases()]
    assert sheet.columns["label"][:5] == ["納期", "請求・支払", '<b>"other"</b>', "'=1+1" if how == "csv" else "=1+1", "納期"]
    assert sheet.columns["label"][5:] == ["請求・支払"] * 4
    assert sheet.columns["comment"][2] == 'unsure, "quoted"\n二行目'
    assert set(sheet.columns["labelled_by"]) == {"coder-1"}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", cell) for cell in sheet.columns["labelled_at"])


@in_a_browser
def test_a_tab_remembers_what_the_browsers_storage_has_lost(opened):
    page = opened()
    page.keyboard.press("1")
    page.fill("#comment", "half a sent")
    page.evaluate("localStorage.clear()")
    page.reload()
    assert (page.inner_text("#counted"), page.input_value("#comment")) == ("1 of 9", "half a sent")
    assert page.evaluate("Object.keys(localStorage).length") == 1  # it is stored again
    page.keyboard.press("u")
    page.keyboard.press("3")
    page.evaluate("localStorage.clear()")
    page.reload()
    assert page.inner_text("#counted") == "2 of 9"


@in_a_browser
def test_what_was_stored_before_tabs_remembered_anything_is_still_read(opened):
    page = opened()
    page.keyboard.press("1")
    page.keyboard.press("2")
    (name, kept), *_ = page.evaluate("Object.entries(localStorage)")
    before = json.dumps(json.loads(kept)["given"])
    page.add_init_script(f"localStorage.setItem({json.dumps(name)}, {json.dumps(before)}); history.replaceState(null, '')")
    page.reload()
    assert page.inner_text("#counted") == "2 of 9"


@in_a_browser
def test_two_people_at_one_computer_do_not_see_each_others_work(opened):
    one = opened("one")
    one.keyboard.press("1")
    two = opened("two", coder="coder-2")
    assert two.inner_text("#counted") == "0 of 9"
    one.reload()
    assert one.inner_text("#counted") == "1 of 9"
    tabs = (opened("one") for _ in range(TRIES))  # now and then Chromium gives a new tab from disk an empty storage
    assert any(tab.inner_text("#counted") == "1 of 9" for tab in tabs)
    other = opened("other", digest="d2")
    assert other.inner_text("#counted") == "0 of 9", "another draw begins anew"


@in_a_browser
def test_hostile_texts_are_shown_as_they_are_and_nothing_runs(opened):
    page = opened()
    for number, text in enumerate(HOSTILE):
        assert page.evaluate("document.getElementById('input').textContent") == text
        if number < len(HOSTILE) - 1:
            page.keyboard.press("ArrowRight")
    assert page.locator("#input *").count() == 0
    assert page.locator(".choice").nth(2).inner_text().endswith('<b>"other"</b>')
    assert page.inner_text("#guide-text") == "guide <u>1</u>"


@in_a_browser
def test_the_page_speaks_both_languages_and_stays_with_the_chosen_one(opened):
    page = opened()
    assert page.get_attribute("html", "lang") == "en"
    page.click("#language")
    assert page.inner_text("#next") == "日本語 next"
    assert page.title() == "ラベル付け: <i>task</i>(coder-1)"
    page.reload()
    assert (page.get_attribute("html", "lang"), page.inner_text("#undo")) == ("ja", "日本語 undo")
    assert page.get_attribute("#input", "lang") == "en", "a case keeps its own language"


@in_a_browser
def test_saved_work_is_taken_over_on_another_computer(opened, browser, tmp_path):
    page = opened()
    page.keyboard.press("1")
    page.keyboard.press("2")
    path = saved(page, "#save-json", tmp_path)
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps([*content, {"id": "strange", "label": "納期"}, {**content[2], "label": "no such label"}]), encoding="utf-8")
    fresh = opened("fresh", digest="d9")
    fresh.set_input_files("#load", str(path))
    until(fresh, "() => document.getElementById('notice').textContent !== ''")
    assert fresh.inner_text("#notice") == "9 of 11 taken"
    assert fresh.inner_text("#counted") == "2 of 9"
    (tmp_path / "none.json").write_text("{", encoding="utf-8")
    fresh.set_input_files("#load", str(tmp_path / "none.json"))
    until(fresh, "() => document.getElementById('notice').textContent === 'en not_loaded'")
    assert fresh.inner_text("#counted") == "2 of 9"


@in_a_browser
def test_everything_can_be_done_from_the_keyboard_and_is_named(opened):
    page = opened()
    named = page.evaluate(
        """[...document.querySelectorAll('button, input, textarea, progress')].filter(one => !(one.textContent.trim() || one.labels?.length
        || one.getAttribute('aria-labelledby'))).map(one => one.id)"""
    )
    assert named == []
    reached = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.dataset.label || document.activeElement.tagName"))
    assert {"language", "save-csv", "save-json", "load", "comment", "next", "open", *LABELS} <= reached
    page.focus("#comment")
    page.keyboard.type("1 u 2")
    assert page.inner_text("#counted") == "0 of 9", "digits in a comment are text"
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways on a telephone"
