import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from corpuskit.errors import InputError, MissingDependency, ReadError
from corpuskit.ingest import Document, digest_of, find_files, read
from corpuskit.ingest import remote as room
from corpuskit.ingest.remote import Remote, fetched, list_files, url_of

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: pip install 'corpuskit[remote]'")

FILES = {
    "rules/規程.txt": "この規程は旅費を定める。".encode(),
    "rules/travel.md": b"# Travel\n\nHotels up to 120 EUR.",
    ".git/config": b"hidden",
    "mail.zip": b"PK\x05\x06" + bytes(18),
}


@pytest.fixture
def memory():
    system = fsspec.filesystem("memory")
    system.store.clear()
    for name, data in FILES.items():
        system.pipe(f"/company/{name}", data)
    yield "memory://company"
    system.store.clear()


@pytest.fixture
def ftp(tmp_path):
    """A real server over TCP on this machine."""
    pytest.importorskip("pyftpdlib", reason="pyftpdlib is not installed")
    for name, data in FILES.items():
        path = tmp_path / "company" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "pyftpdlib", "-i", "127.0.0.1", "-p", str(port), "-d", str(tmp_path)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield f"ftp://127.0.0.1:{port}/company"
    server.terminate()
    server.wait(10)


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("s3://bucket/a b/c", "s3://bucket/a b/c"),
        ("s3:/bucket", "s3://bucket"),
        ("file:///data/x", "file:///data/x"),
        ("memory://company", "memory://company"),
        ("C:/documents", None),
        ("documents/s3", None),
        ("/data", None),
    ],
)
def test_a_url_is_known_though_pathlib_shortens_it(path, url):
    assert url_of(Path(path)) == url


def test_a_folder_of_that_name_goes_first(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("s3:/bucket").mkdir(parents=True)
    assert url_of(Path("s3://bucket")) is None


def test_files_of_a_store_are_found_as_in_a_folder(memory):
    found = find_files([Path(memory)])
    assert [file.id for file in found] == [".git", "mail.zip", "rules/travel.md", "rules/規程.txt"]
    assert [file.skipped.code if file.skipped else None for file in found] == ["hidden", None, None, None]
    assert found[2].bytes == len(FILES["rules/travel.md"])
    assert found[2].modified.endswith("+00:00")
    assert [one.id for one in find_files([Path(f"{memory}/rules/travel.md")])] == ["travel.md"]


def test_documents_of_a_store_are_those_of_a_folder(memory, tmp_path):
    for name, data in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    here, there = ({item.id: item.sections for item in read([path]) if isinstance(item, Document)} for path in (tmp_path, Path(memory)))
    assert here == there
    assert len(here) == 2


def test_documents_come_over_a_network(ftp):
    documents = {item.id: item for item in read([Path(ftp)]) if isinstance(item, Document)}
    assert list(documents) == ["rules/travel.md", "rules/規程.txt"]
    assert documents["rules/規程.txt"].sections[0].text == FILES["rules/規程.txt"].decode()


def test_several_places_have_ids_of_their_own(memory, tmp_path):
    (tmp_path / "local.txt").write_text("Here.", encoding="utf-8")
    assert {file.id for file in find_files([Path(memory), tmp_path])} >= {"local.txt", "company/rules/travel.md"}


def test_the_content_is_known_by_what_the_store_says_or_by_its_bytes(memory):
    travel = next(file for file in find_files([Path(memory)]) if file.id.endswith("travel.md"))
    before = digest_of(travel)
    assert before.startswith("memory://company /company/rules/travel.md ")
    nameless = replace(travel.remote, version="")
    assert len(digest_of(replace(travel, remote=nameless))) == 64


def test_what_is_gone_or_cannot_be_reached_is_told(memory):
    with pytest.raises(InputError, match="no such file or folder"):
        list_files("memory://nowhere")
    with pytest.raises(ReadError) as caught, fetched(Remote("memory://company", "/company/gone.txt", ""), "gone.txt"):
        pytest.fail("there is nothing to fetch")
    assert caught.value.code == "vanished"
    with pytest.raises(InputError, match=r"ftp://127\.0\.0\.1:1/x: cannot be"):
        list_files("ftp://127.0.0.1:1/x")


def test_what_is_missing_is_named(monkeypatch):
    with pytest.raises(MissingDependency, match=r"gs://bucket: .*gcsfs"):
        list_files("gs://bucket")
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(MissingDependency, match=r"pip install 'corpuskit\[remote\]'"):
        list_files("memory://company")


@pytest.mark.parametrize(
    ("info", "date"),
    [({"mtime": 0.0}, "1970-01-01T00:00:00+00:00"), ({"modify": "20240102030405"}, "2024-01-02T03:04:05+00:00"), ({}, ""), ({"updated": "soon"}, "")],
)
def test_dates_are_read_as_stores_write_them(info, date):
    assert room._date(info) == date
