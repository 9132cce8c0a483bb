"""``corpuskit read``: what is seen in a file, and why it is not."""

import json


def test_it_shows_structure_language_and_encoding(call, folder, tmp_path):
    (folder / "sjis.txt").write_text("日本語の文書です。㈱も読めます。", encoding="cp932")
    run = call("read", folder / "sjis.txt", cwd=tmp_path)
    assert run.returncode == 0
    assert "cp932" in run.stdout
    assert "language ja" in run.stdout
    assert "㈱も読めます" in run.stdout
    assert "# Travel policy" in call("read", folder / "rules.md", cwd=tmp_path).stdout


def test_json_gives_each_document_and_each_skipped_file_once(call, folder, tmp_path):
    (folder / "broken.docx").write_bytes(b"no zip")
    run = call("read", folder, "--json", cwd=tmp_path)
    body = json.loads(run.stdout)
    assert {document["id"]: document["language"] for document in body["documents"]} == {"rules.md": "en", "規程.txt": "ja"}
    assert [item["code"] for item in body["skipped"]] == ["broken"]
    assert body["exit_code"] == run.returncode == 0
    assert run.stderr.startswith("skipped broken.docx: ")


def test_labels_and_messages_of_a_table_are_shown(call, tmp_path):
    (tmp_path / "tickets.csv").write_text("id,words,team\n1,the invoice is wrong,billing\n2,the valve leaks,repair\n", encoding="utf-8")
    run = call("read", "tickets.csv", "--text-column", "words", "--label-column", "team", cwd=tmp_path)
    assert "  team = billing\n  id = 1\nthe invoice is wrong" in run.stdout


def test_nothing_readable_ends_with_two_in_both_forms(call, tmp_path):
    (tmp_path / "x.docx").write_bytes(b"no zip")
    page = call("read", tmp_path / "x.docx")
    assert (page.returncode, page.stdout) == (2, "")
    assert "x.docx" in page.stderr
    data = call("read", tmp_path / "x.docx", "--json")
    assert json.loads(data.stdout)["exit_code"] == data.returncode == 2


def test_an_encoding_is_forced_and_an_unknown_one_is_refused_with_the_usual_names(call, tmp_path):
    (tmp_path / "names.txt").write_bytes("ｱｲｳ".encode("cp932"))
    run = call("read", "names.txt", "--encoding", "shift_jis", cwd=tmp_path)
    assert "encoding cp932 (forced)" in run.stdout
    assert "ｱｲｳ" in run.stdout
    wrong = call("read", "names.txt", "--encoding", "utf-8", cwd=tmp_path)
    assert (wrong.returncode, "position 0 (line 1)" in wrong.stderr) == (2, True)
    unknown = call("read", "names.txt", "--encoding", "nonsense", cwd=tmp_path)
    assert unknown.returncode == 2
    assert "cp932" in unknown.stderr
    found = call("kwic", "names.txt", "ｲ", "--encoding", "cp932", "--no-cache", cwd=tmp_path)
    assert found.returncode == 0
