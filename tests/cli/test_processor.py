import os
import subprocess
import sys

import pytest

from corpuskit.cli.processor import VARIABLE, WIDE, sort_well, sorts_slowly

ZEN_4 = "processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 17\nflags\t\t: fpu avx2 avx512f avx512dq\n\n"
ZEN_3 = ZEN_4.replace(" avx512f avx512dq", "")
ZEN_5 = ZEN_4.replace(": 25", ": 26")
INTEL = ZEN_4.replace("AuthenticAMD", "GenuineIntel")


@pytest.mark.parametrize(("processors", "slow"), [(ZEN_4, True), (ZEN_3, False), (ZEN_5, False), (INTEL, False), (INTEL + ZEN_4, False), ("", False)])
def test_which_processor_sorts_slowly(processors, slow):
    assert sorts_slowly(processors) is slow


def test_only_there_wide_vectors_are_left_out_and_the_users_word_stays(tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    (tmp_path / "cpuinfo").write_text(INTEL)
    sort_well(tmp_path / "cpuinfo")
    sort_well(tmp_path / "not there")
    assert VARIABLE not in os.environ
    (tmp_path / "cpuinfo").write_text(ZEN_4)
    sort_well(tmp_path / "cpuinfo")
    assert os.environ[VARIABLE] == WIDE
    monkeypatch.setenv(VARIABLE, "AVX2")
    sort_well(tmp_path / "cpuinfo")
    assert os.environ[VARIABLE] == "AVX2"


def test_numpy_takes_the_names():
    program = "import numpy; print(numpy.sort(numpy.arange(5)[::-1]).tolist())"
    ran = subprocess.run([sys.executable, "-c", program], env=os.environ | {VARIABLE: WIDE}, capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("[0, 1, 2, 3, 4]\n", "")
