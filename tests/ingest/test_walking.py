import os
import sys
import unicodedata

import pytest

from corpuskit.errors import InputError
from corpuskit.ingest import find_files


def ids(found):
    return [(entry.id, entry.skipped.code if entry.skipped else "") for entry in found]


def test_ids_are_relative_posix_and_sorted(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("b/two.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text("x")
    assert ids(find_files([tmp_path])) == [("a.txt", ""), ("b/two.txt", ""), ("c.md", "")]


def test_ids_do_not_depend_on_where_the_folder_lies(tmp_path):
    for place in ("here", "there"):
        (tmp_path / place / "docs").mkdir(parents=True)
        (tmp_path / place / "docs" / "規程.txt").write_text("x")
    assert ids(find_files([tmp_path / "here"])) == ids(find_files([tmp_path / "there"])) == [("docs/規程.txt", "")]


def test_several_paths_share_what_they_have_in_common_and_a_file_counts_once(tmp_path):
    for place in ("a/docs", "b/docs"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "x.txt").write_text("x")
    found = find_files([tmp_path / "a" / "docs", tmp_path / "b" / "docs", tmp_path / "b" / "docs" / "x.txt"])
    assert ids(found) == [("a/docs/x.txt", ""), ("b/docs/x.txt", "")]


def test_a_single_file_is_named_by_its_name(tmp_path):
    (tmp_path / "one.txt").write_text("x")
    assert ids(find_files([tmp_path / "one.txt"])) == [("one.txt", "")]


def test_hidden_folders_are_counted_and_not_opened(tmp_path):
    (tmp_path / ".git" / "objects").mkdir(parents=True)
    (tmp_path / ".git" / "config").write_text("x")
    (tmp_path / ".git" / "objects" / "aa").write_text("x")
    (tmp_path / "~$plan.docx").write_text("x")
    (tmp_path / "Thumbs.db").write_text("x")
    found = find_files([tmp_path])
    assert ids(found) == [(".git", "hidden"), ("Thumbs.db", "hidden"), ("~$plan.docx", "hidden")]
    assert "2 files" in found[0].skipped.reason
    assert not any(entry.skipped.readable for entry in found)


def test_a_hidden_folder_given_by_name_is_read(tmp_path):
    (tmp_path / ".notes").mkdir()
    (tmp_path / ".notes" / "a.txt").write_text("x")
    assert ids(find_files([tmp_path / ".notes"])) == [("a.txt", "")]


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need rights there")
def test_links_are_not_followed_and_pipes_not_opened(tmp_path):
    (tmp_path / "real.txt").write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    assert ids(find_files([tmp_path])) == [("link.txt", "not_a_file"), ("loop", "not_a_file"), ("pipe.txt", "not_a_file"), ("real.txt", "")]


def test_names_are_normalised_so_that_two_systems_agree(tmp_path):
    (tmp_path / unicodedata.normalize("NFD", "ガイド.txt")).write_text("x")
    assert find_files([tmp_path])[0].id == "ガイド.txt"


def test_a_missing_path_is_an_error_that_helps(tmp_path):
    with pytest.raises(InputError, match="no such file or folder"):
        find_files([tmp_path / "nothing"])


def test_an_empty_folder_has_no_files(tmp_path):
    assert find_files([tmp_path]) == []
    assert find_files([]) == []


def test_size_and_time_come_from_the_file_system_in_utc(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    os.utime(path, (0, 86_400))
    assert (find_files([tmp_path])[0].bytes, find_files([tmp_path])[0].modified) == (5, "1970-01-02T00:00:00+00:00")
