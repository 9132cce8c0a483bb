from dataclasses import FrozenInstanceError

import pytest

from corpuskit.report.rendered import Rendered, folder_name, page_name


def test_most_texts_need_no_file_beside_them():
    rendered = Rendered("text")
    assert (rendered.text, dict(rendered.companions)) == ("text", {})
    with pytest.raises(FrozenInstanceError):
        rendered.text = "other"  # type: ignore[misc]


def test_companions_are_named_and_compared_by_their_bytes():
    assert Rendered("text", {"a.html": b"1"}) == Rendered("text", {"a.html": b"1"}) != Rendered("text", {"a.html": b"2"})


def test_the_folder_of_companions_stands_beside_the_file_and_sorts_with_it():
    assert page_name("sample-2026-11-29-2", "ja", ".html") == "sample-2026-11-29-2.ja.html"
    assert folder_name("sample-2026-11-29-2") == "sample-2026-11-29-2.files"
