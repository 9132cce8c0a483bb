import numpy as np

from corpuskit.estimators.definitions.definition_advice import advise


def advised(drawn, sizes):
    return [(item.kind, item.category, item.others) for item in advise(np.array(drawn), np.array(sizes), np.array(sizes, float))]


def test_names_that_draw_each_others_messages_should_be_merged():
    assert advised([[60, 40, 0], [40, 60, 0], [0, 0, 100]], [100, 100, 100]) == [("merge", 0, (1,))]


def test_a_name_whose_messages_go_to_another_should_be_changed():
    assert advised([[20, 80, 0], [5, 95, 0], [0, 0, 100]], [100, 100, 100]) == [("rename", 0, (1,))]


def test_a_category_whose_messages_go_several_ways_should_be_split():
    assert advised([[20, 40, 40], [0, 100, 0], [0, 0, 100]], [100, 100, 100]) == [("split", 0, (1, 2))]


def test_names_that_draw_everything_alike_get_no_advice():
    assert advised([[34, 33, 33]] * 3, [100] * 3) == []
    assert advised([[10, 80, 10]] * 3, [100] * 3) == []


def test_few_messages_get_no_advice():
    assert advised([[2, 8, 0], [0, 10, 0], [0, 0, 10]], [10, 10, 10]) == []
