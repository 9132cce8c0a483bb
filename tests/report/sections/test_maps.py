import pytest

from corpuskit.estimators import Series
from corpuskit.report import localise, phrasebook
from corpuskit.report.blocks import Chart, Paragraph
from corpuskit.report.sections.maps import MOST_PAIRS, confusion_map, grid_of, volume_map, word_map
from tests.report.sample import ASSESSMENT, ESTIMATES, estimate, sample
from tests.report.walk import all_of, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])
SUBJECT = "labels:t.csv#queue"
CELLS = (("a", "a", 9), ("a", "b", 3), ("a", "c", 1), ("b", "a", 2), ("b", "b", 8), ("b", "c", 4), ("c", "a", 0), ("c", "b", 0), ("c", "c", 7))


def matrix(*cells, name="confusion_matrix"):
    return Series(id=f"{name}@{SUBJECT}", name=name, subject=SUBJECT, columns=("label", "taken_for", "count"), rows=cells)


def test_a_grid_keeps_the_order_of_its_series():
    grid = grid_of(matrix(("z", "y", 1), ("z", "x", 2), ("a", "y", 3), ("a", "x", 0)))
    assert (grid.rows, grid.columns, grid.cells) == (("z", "a"), ("y", "x"), ((1, 2), (3, 0)))


@LANGUAGES
def test_the_worst_pairs_are_named_in_words_with_all_confusions_and_n(language):
    book = phrasebook(language)
    chart = confusion_map(matrix(*CELLS), "a", book)
    assert isinstance(chart, Chart)
    assert chart.grid.diagonal
    pairs = [("b", "c", 4), ("a", "b", 3), ("b", "a", 2)]
    told = book.listed([book.label("confused_pair", label=one, taken_for=other, count=n) for one, other, n in pairs])
    assert len(pairs) == MOST_PAIRS
    assert chart.description.startswith(book.label("confusions_show", pairs=told, n=34, wrong=10))


@LANGUAGES
def test_without_confusions_it_says_so_in_place_of_a_picture(language):
    book = phrasebook(language)
    block = confusion_map(matrix(("a", "a", 9), ("a", "b", 0), ("b", "a", 0), ("b", "b", 5)), "a", book)
    assert isinstance(block, Paragraph)
    assert "14" in block.text


@LANGUAGES
def test_empty_cells_of_words_and_labels_are_counted(language):
    book = phrasebook(language)
    chart = word_map(matrix(("w", "a", 5), ("w", "b", 0), ("v", "a", 0), ("v", "b", 6), name="label_words"), "a", book)
    assert book.label("label_words_show", empty=2, cells=4, share=0.5) in chart.description


def volume(task_id, value):
    made = estimate("language_ambiguity", f"task:{task_id}", value, None, 30, "documents", "D")
    return made.model_copy(update={"measure": "documents_per_month", "id": f"documents_per_month@task:{task_id}"})


@LANGUAGES
def test_tasks_with_both_are_drawn_and_the_others_named_with_the_reason(language):
    book = phrasebook(language)
    both = ASSESSMENT.tasks[0].model_copy(update={"volume": volume("ticket_routing", 36.0)})
    no_volume = both.model_copy(update={"id": "b", "catalogue_id": "b", "volume": None, "name": {"en": "Second", "ja": "第二"}})
    tasks = localise(sample().model_copy(update={"tasks": (both, no_volume, ASSESSMENT.tasks[2])}), language).tasks
    blocks = volume_map(tasks, {one.id: one for one in ESTIMATES.estimates}, book)
    (mark,) = only(blocks, Chart).marks
    assert (mark.x, mark.value, mark.low, mark.high) == (36.0, 0.034, 0.019, 0.056)
    text = only(blocks, Paragraph).text
    assert book.label("without_volume", n=1, tasks=no_volume.name[language]) in text
    assert book.label("without_ambiguity", n=1, tasks=ASSESSMENT.tasks[2].name[language]) in text


@LANGUAGES
def test_where_no_task_has_both_there_is_no_picture(language):
    blocks = volume_map(localise(sample(), language).tasks, {}, phrasebook(language))
    assert all_of(blocks, Chart) == []
    assert only(blocks, Paragraph).text
