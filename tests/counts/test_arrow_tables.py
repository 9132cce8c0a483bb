import pytest

from corpuskit.counts import CountOptions, Job, Shard, count_shard, equal, merge_partials
from corpuskit.counts.arrow_tables import DESCRIPTION, from_pieces, to_pieces
from corpuskit.counts.partial import INTAKE
from tests.counts.files import make_folder


@pytest.fixture(scope="module")
def partial(tmp_path_factory):
    shard = Shard(tuple(make_folder(tmp_path_factory.mktemp("documents"))))
    return count_shard(shard, Job(count=CountOptions(groups=3)))


@pytest.mark.parametrize("rows", [1, 7, 2**20])
def test_a_partial_result_comes_back_as_it_was_from_pieces_in_any_order(partial, rows):
    pieces = list(to_pieces(partial, rows))
    assert (
        max(piece.number for piece in pieces) == max(matrix.nnz for matrix in (partial.stats.section_terms, partial.stats.features)) - 1 or rows > 1
    )
    back = from_pieces(reversed(pieces))
    assert equal(back.stats, partial.stats)
    assert back.intake.equals(partial.intake)
    assert back.intake.schema == partial.intake.schema
    assert not back.stats.section_terms.data.flags.writeable


def test_the_counts_of_nothing_come_back():
    options = CountOptions(groups=2, weights="harmonic")
    back = from_pieces(to_pieces(merge_partials([], options)))
    assert equal(back.stats, merge_partials([], options).stats)
    assert back.intake.is_empty()


def test_a_piece_holds_no_more_rows_than_asked_for(partial):
    numbers = [piece.number for piece in to_pieces(partial, 10) if piece.table == "terms"]
    assert numbers == list(range(-(-partial.stats.terms.height // 10)))


def test_missing_pieces_are_noticed(partial):
    pieces = list(to_pieces(partial, 10))
    first = [piece for piece in pieces if (piece.table, piece.number) != ("terms", 0)]
    with pytest.raises(ValueError, match="piece 0 of terms is missing"):
        from_pieces(first)
    for table in (DESCRIPTION, INTAKE, "lines"):
        with pytest.raises(KeyError):
            from_pieces([piece for piece in pieces if piece.table != table])
