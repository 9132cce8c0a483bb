import pytest

from corpuskit.ingest.hidden_names import HiddenEntries, hidden_part, is_hidden


@pytest.mark.parametrize("path", [".a", "b/.git/c.txt", "__MACOSX/d", "e/Thumbs.db", "~$f.docx", "g/DESKTOP.INI"])
def test_hidden_by_any_part_of_the_path(path):
    assert hidden_part(path)


@pytest.mark.parametrize("path", ["a.txt", "b.c/d.txt", "macosx/e.txt", "thumbs.db.txt"])
def test_not_hidden(path):
    assert not hidden_part(path)
    assert not any(is_hidden(part) for part in path.split("/"))


def test_the_outermost_hidden_folder_stands_for_all_inside():
    assert hidden_part("a/.git/.x/b") == "a/.git"


def test_entries_say_each_folder_and_file_once():
    hidden = HiddenEntries(10)
    met = ["__MACOSX/a/._b.txt", "a/b.txt", "a/.DS_Store", "__MACOSX/a/._c.txt", "~$b.docx", ".git/x"]
    assert [path for path in met if not hidden.takes(path)] == ["a/b.txt"]
    assert hidden.entries() == [
        ("__MACOSX", "Hidden folder with 2 files"),
        ("a/.DS_Store", "Hidden or system file"),
        ("~$b.docx", "Lock file of an office program"),
        (".git", "Hidden folder with 1 file"),
    ]


def test_beyond_the_limit_they_are_counted():
    hidden = HiddenEntries(2)
    for number in range(5):
        assert hidden.takes(f".{number}")
    assert [path for path, _ in hidden.entries()] == [".0", ".1", "3 other hidden files"]
