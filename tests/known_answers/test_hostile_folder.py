"""A folder of accidents and attacks: the audit ends, every file has its finding with the true reason, and memory stays within its limit."""

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from docx import Document as Word

MIB = 2**20
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs FIFOs, links and signals")


def word(text: str) -> bytes:
    document = Word()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(data: bytes, part: str, content: bytes) -> bytes:
    """The same package with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()


def zipped(members: dict[str, bytes], **options: object) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook_with_one_far_cell() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "near"
    out = io.BytesIO()
    book.save(out)
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>'
    sheet += b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far corner</t></is></c></row></sheetData></worksheet>'
    return repacked(out.getvalue(), "xl/worksheets/sheet1.xml", sheet)


def xml_with_entities(kind: str) -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = {
        "laughs": f'<!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]>',
        "outside": '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    }[kind]
    name = {"laughs": "l11", "outside": "x"}[kind]
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>before &{name}; after</w:t></w:r></w:p></w:body></w:document>'
    return f'<?xml version="1.0"?>{head}{body}'.encode()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    good = word("This document is whole and says something about pumps.")
    files = {
        "good.docx": good,
        "truncated.docx": good[: len(good) // 2],
        "truncated.pdf": b"%PDF-1.7\n1 0 obj << /Type /Catalog",
        "wrong extension.pdf": good,
        "really a picture.docx": b"\x89PNG\r\n\x1a\n" + bytes(500),
        "zero bytes.txt": b"",
        "zeros inside.txt": b"text " + bytes(5000) + b" text",
        "one zero.txt": b"The pump leaks and one\x00 byte is wrong." + b" This line of text is long enough." * 60,
        "bomb.docx": repacked(good, "word/document.xml", b"<a>" + b"x" * (600 * MIB) + b"</a>") if sys.maxsize > 2**32 else good,
        "bomb.zip": zipped({"zeros.txt": bytes(300 * MIB)}),
        "bomb.txt.gz": gzip.compress(bytes(300 * MIB), 9),
        "nested.zip": zipped({"1.zip": zipped({"2.zip": zipped({"3.zip": zipped({"4.zip": zipped({"5.zip": zipped({"deep.txt": b"deep"})})})})})}),
        "traversal.zip": zipped({"../../outside.txt": b"a name is only a name", "/etc/inside.txt": b"absolute"}),
        "laughs.docx": repacked(good, "word/document.xml", xml_with_entities("laughs")),
        "outside.docx": repacked(good, "word/document.xml", xml_with_entities("outside")),
        "deep.html": b"<div>" * 100_000 + b"deep" + b"</div>" * 100_000,
        "deep.json": b"[" * 100_000 + b"]" * 100_000,
        "far.xlsx": workbook_with_one_far_cell(),
        "macro.txt": b'Sub AutoOpen()\nShell "calc"\nEnd Sub\n',
        "formula.csv": b"id,message\n1,=cmd|' /C calc'!A0\n2,the pump leaks again\n",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with (folder / "long line.txt").open("wb") as stream:
        for _ in range(300):
            stream.write(b"x" * MIB)
    if sys.platform != "win32":
        os.mkfifo(folder / "pipe.txt")
        (folder / "loop").symlink_to(folder)
        (folder / "passwd.txt").symlink_to("/etc/passwd")
        (folder / "locked.txt").write_text("locked", encoding="utf-8")
        (folder / "locked.txt").chmod(0)
    return folder


def audit(folder: Path, out: Path, *options: str, **settings: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "corpuskit", "audit", str(folder), "--json", "--quiet", "--no-cache", "--out", str(out), *options]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300, **settings)  # type: ignore[call-overload]


@posix
def test_every_file_of_a_hostile_folder_has_its_true_reason(hostile, tmp_path):
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    run = audit(hostile, tmp_path)
    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout)
    told = {item["path"]: item["code"] for item in report["corpus"]["files_skipped"]}
    expected = {
        "truncated.docx": "broken",
        "truncated.pdf": "broken",
        "wrong extension.pdf": "broken",
        "really a picture.docx": "broken",
        "zero bytes.txt": "empty",
        "zeros inside.txt": "undecodable",
        "bomb.docx": "too_large",
        "bomb.zip": "too_large",
        "bomb.txt.gz": "too_large",
        "nested.zip/1.zip/2.zip/3.zip/4.zip/5.zip": "too_large",
        "laughs.docx": "broken",
        "long line.txt": "too_large",
        "pipe.txt": "not_a_file",
        "loop": "not_a_file",
        "passwd.txt": "not_a_file",
    }
    if os.geteuid() != 0:
        expected["locked.txt"] = "permission"
    assert {path: told.get(path) for path in expected} == expected
    assert set(told) - set(expected) <= {"deep.json", "outside.docx", "macro.txt"}
    assert all(item["reason"] for item in report["corpus"]["files_skipped"])
    ids = {finding["id"] for finding in report["findings"]}
    assert {f"files_skipped@{code}" for code in told.values()} <= ids
    assert "root:" not in run.stdout, "an external entity was resolved"
    assert not (hostile.parent / "outside.txt").exists()
    # a worker may take 2 GiB by default; the audit itself holds no file
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss - before < 2.2 * MIB
    written = [path for path in tmp_path.iterdir() if path.is_file() and path.name != "index.html"]
    assert sorted(path.suffix for path in written) == [".html", ".json", ".md"]


@posix
def test_a_file_deleted_while_reading_is_told(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number:03}.txt").write_text(f"Document {number} says something about pumps and valves.", encoding="utf-8")

    def delete():
        time.sleep(0.4)
        for number in range(100, 300):
            (folder / f"{number:03}.txt").unlink(missing_ok=True)

    thread = threading.Thread(target=delete)
    thread.start()
    run = audit(folder, tmp_path / "out")
    thread.join()
    corpus = json.loads(run.stdout)["corpus"]
    assert corpus["files_read"] + len(corpus["files_skipped"]) == corpus["files_found"]
    assert {item["code"] for item in corpus["files_skipped"]} <= {"vanished"}


@posix
def test_an_interrupted_audit_leaves_nothing_half_written_and_goes_on_from_the_cache(tmp_path):
    folder, cache = tmp_path / "documents", tmp_path / "cache"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:04}.docx").write_bytes(word(f"Document {number} says something about pumps."))
    os.mkfifo(tmp_path / "documents" / "x")  # not opened: only to show that it is passed over
    command = [sys.executable, "-m", "corpuskit", "audit", str(folder), "--cache", str(cache), "--out", str(tmp_path / "out"), "--jobs", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while len(list(cache.rglob("*.json.gz"))) < 20 and process.poll() is None:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the audit and to its workers
    _, complaint = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Interrupted" in complaint
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").rglob("*"))
    kept = len(list(cache.rglob("*.json.gz")))
    assert 20 <= kept < 400
    assert not list(cache.rglob("*.part"))
    again = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert again.returncode == 0, again.stderr
    assert len(list(cache.rglob("*.json.gz"))) == 400


NAMESPACES = ["unshare", "--user", "--map-root-user", "--mount"]


def no_disk_of_its_own() -> bool:
    """A test that fills a disk needs a small one: a temporary file system in a mount namespace of its own."""
    try:
        return subprocess.run([*NAMESPACES, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False, timeout=20).returncode != 0
    except OSError:
        return True


@pytest.mark.skipif(no_disk_of_its_own(), reason="this machine lets nobody mount a small disk")
def test_a_full_disk_is_told_and_leaves_no_half_of_a_report(tmp_path):
    folder, disk = tmp_path / "documents", tmp_path / "disk"
    folder.mkdir()
    disk.mkdir()
    for number in range(20):
        (folder / f"{number}.docx").write_bytes(word(f"Document {number} says something about pumps."))
    fill = 'mount -t tmpfs -o size=96k tmpfs "$1" && "$2" -m corpuskit audit "$3" --out "$1/reports" --cache "$1/cache"; echo "code $?"'
    told = f'{fill}; find "$1" -type f'
    run = subprocess.run(
        [*NAMESPACES, "sh", "-c", told, "sh", str(disk), sys.executable, str(folder)], capture_output=True, text=True, check=False, timeout=120
    )
    assert "code 2" in run.stdout, run.stdout
    assert "No space left on device" in run.stderr
    left = [Path(line) for line in run.stdout.splitlines() if line.startswith(str(disk))]
    assert {path.suffix for path in left} <= {".gz", ".parquet", ".json"}, "only whole cache entries stay"
    assert not [path for path in left if path.name.startswith(".") or path.parent.name.startswith(".")]
    assert not [path for path in left if "reports" in path.parts]
