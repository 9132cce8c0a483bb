"""What holds for every test."""

import os
import pickle
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from corpuskit.audit import audit
from corpuskit.report import AuditReport

SAMPLE = Path(__file__).parents[1] / "sample_data"

# a property is true or false, however busy the machine is; in CI the same cases are tried every time, so that a change is judged by itself
settings.register_profile("corpuskit", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("corpuskit")


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """A folder that all workers of this run share, and no other run; as ``XDG_CACHE_HOME`` it gives a command the caches of all."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def shared_cache(shared):
    """Caches for audits of the sample company and of changed copies of it: what does not differ is read and counted once."""
    return shared / "corpuskit" / "extraction"


@pytest.fixture(scope="session")
def of_the_sample_company(shared, shared_cache) -> AuditReport:
    """The report of the sample company, made by one worker for all."""
    made = shared / "report.pickle"
    with FileLock(shared / "report.lock"):
        if not made.exists():
            made.write_bytes(pickle.dumps(audit([SAMPLE], cache=shared_cache)))
        return pickle.loads(made.read_bytes())


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one worker run all tests that share a fixture of their module: it would be made again by each worker that runs one of them."""
    for item in items:
        fixtures = item._fixtureinfo.name2fixturedefs.values() if isinstance(item, pytest.Function) else ()
        if any(fixture[-1].scope == "module" for fixture in fixtures) and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


def pytest_make_parametrize_id(val):
    """Name files that tests are given by a number alone: packed ones hold the second they were packed in, another one in each worker."""
    return "bytes" if isinstance(val, bytes) else None
