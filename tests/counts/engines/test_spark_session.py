import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpuskit.counts.engines.spark_session import session
from corpuskit.errors import MissingDependency

pytest.importorskip("pyspark", reason="needs corpuskit[spark]")
pytestmark = pytest.mark.xdist_group("spark")
needs_java = pytest.mark.skipif(shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="needs Java 17 (openjdk-17-jre-headless)")
ROOT = Path(__file__).parents[3]
COUNT = """
import sys
from pathlib import Path
from corpuskit.counts import ENGINES, Job, Place, divide
from corpuskit.ingest import find_files
from pyspark import SparkContext
shards = divide(find_files([Path(sys.argv[1])]), least_bytes=0)
found = ENGINES["spark"].run(shards, Job(), Place(), lambda done, file: None)
assert SparkContext._active_spark_context is None
try:
    ENGINES["spark"].run(shards, Job(), Place(address="nonsense"), lambda done, file: None)
except Exception as error:
    print(type(error).__name__, error)
print(found.stats.documents.height)
"""


@needs_java
def test_without_a_master_this_machine_counts_and_nothing_is_left_running(tmp_path):
    (tmp_path / "a.txt").write_text("The pump leaks.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("旅費規程を定める。", encoding="utf-8")
    command = [sys.executable, "-c", COUNT, str(tmp_path)]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False, timeout=240)
    assert run.returncode == 0, run.stderr
    refused, counted = run.stdout.splitlines()
    assert refused.startswith("UsageError Spark does not start with the master 'nonsense' (")
    assert counted == "2"
    assert "WARN " not in run.stderr


def test_a_machine_without_java_is_told_how_to_get_it(monkeypatch):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    from pyspark import SparkContext

    monkeypatch.setattr(SparkContext, "_active_spark_context", None)
    with pytest.raises(MissingDependency, match="Spark needs Java 17 or newer"), session("local[1]"):
        pass
