from corpuskit.estimators.method import by_jackknife, computed


def test_parts_are_told_in_the_order_in_which_they_are_joined():
    method = computed("chao_jost") + computed("at_pairs", pairs=10) + by_jackknife(None)
    assert [(part.code, part.parameters, part.text) for part in method] == [
        ("method_chao_jost", {}, ""),
        ("method_at_pairs", {"pairs": 10}, ""),
        ("method_no_interval_too_few_groups", {}, ""),
    ]


def test_an_interval_of_a_jackknife_is_told_where_there_is_one_even_of_no_width():
    assert by_jackknife((0.0, 0.0)) == computed("jackknife_of_groups")
    assert by_jackknife((0.0, 0.0), less_excess=True) == computed("jackknife_of_groups") + computed("less_excess_of_rare_words")
    assert by_jackknife(None, less_excess=True) == by_jackknife(None)
    assert by_jackknife(None) != by_jackknife((0.0, 0.0))
