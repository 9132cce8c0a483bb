import sys

from tests.validation.proof.peer_runs import run, without_network


def test_a_run_gives_its_code_its_words_and_what_it_took(tmp_path):
    ran = run([sys.executable, "-c", "import sys; held = bytearray(250_000_000); print('水'); sys.stderr.write('no'); sys.exit(3)"], tmp_path)
    assert (ran.exit_code, ran.out, ran.err) == (3, "水\n", "no")
    assert ran.megabytes > 200
    assert ran.processor > 0


def test_the_memory_of_this_process_is_not_counted(tmp_path):
    held = bytearray(300_000_000)
    ran = run([sys.executable, "-S", "-c", "pass"], tmp_path)
    assert ran.exit_code == 0
    assert ran.megabytes < 100 < len(held)


def test_a_run_that_takes_too_long_is_stopped_and_has_no_code(tmp_path):
    assert run([sys.executable, "-c", "while True: pass"], tmp_path, longest=1).exit_code is None


def test_a_run_sees_no_proxy_no_key_and_where_the_system_allows_it_no_network(tmp_path, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("SOME_API_KEY", "secret")
    names = run([sys.executable, "-c", "import os; print(sorted(os.environ))"], tmp_path).out
    assert "PROXY" not in names
    assert "KEY" not in names
    if without_network():
        listed = run([sys.executable, "-c", "import socket; print([name for _, name in socket.if_nameindex()])"], tmp_path).out
        assert listed == "['lo']\n"
