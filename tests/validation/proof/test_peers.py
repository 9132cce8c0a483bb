import pytest

from tests.validation.proof.peer_exits import SAYS, TITLES, told
from tests.validation.proof.peer_features import FEATURES, TOOLS, VERSIONS, features
from tests.validation.proof.peer_runs import Ran
from tests.validation.proof.peers import THIN, run


@pytest.fixture(scope="module")
def thin():
    return run(None, "development", thin=True)


def test_the_thin_version_judges_what_corpuskit_itself_says(thin):
    (table,) = (table for table in thin.tables if table.code == "peers_faults")
    verdicts = {row[0]: row[-1] for row in table.rows}
    assert len(verdicts) == len(THIN)
    assert verdicts["a PDF with a password"] == "found"
    assert verdicts["a Word file that was cut off"] == "found"
    assert verdicts["two versions of the Japanese travel policy contradict each other"] == "found"


def test_the_thin_version_gives_figures_and_says_what_was_not_run(thin):
    by_code = {figure.code: figure for figure in thin.figures}
    own = by_code["peers_found_corpuskit"]
    assert own.n == len(THIN)
    assert own.interval[0] <= own.value <= own.interval[1]
    assert not own.first_reading
    assert by_code["peers_found_ragpreflight"].undefined_because == "not run: thin version"
    assert {row[0] for table in thin.measured_once for row in table.rows} == {"corpuskit"}


def test_every_feature_has_a_cell_for_every_tool():
    table = features()
    assert all(len(row) == len(TOOLS) + 1 for row in table.rows)
    assert all(str(cell).endswith(("(run)", "(read)")) for row in table.rows for cell in row[1:])
    assert len(table.rows) == len(FEATURES)
    assert set(VERSIONS) < set(TOOLS)


@pytest.mark.parametrize(
    ("case", "ran", "cell"),
    [
        ("clean", Ran(0, 0, 0, 0, "", ""), "0"),
        ("empty", Ran(2, 0, 0, 0, "", "No file was found in this folder."), "2, says so"),
        ("empty", Ran(0, 0, 0, 0, '{"score": 100, "findings": []}', ""), "0, score 100"),
        ("empty", Ran(0, 0, 0, 0, '{"findings": []}', ""), "0, silent"),
        ("broken", Ran(0, 0, 0, 0, "Could not load syllable counter", ""), "0, silent"),
        ("unknown", Ran(0, 0, 0, 0, "fine", ""), "0, silent"),
        ("unknown", Ran(2, 0, 0, 0, "", "no_such_setting is no setting; did you mean seed?"), "2, says so"),
        ("absent", Ran(1, 0, 0, 0, "", "Traceback (most recent call last):\nFileNotFoundError"), "1, traceback"),
        ("broken", Ran(None, 0, 0, 0, "", ""), "stopped, silent"),
    ],
)
def test_cells_of_exit_codes(case, ran, cell):
    assert case in TITLES
    assert told(case, ran) == cell
    assert set(SAYS) < set(TITLES)
