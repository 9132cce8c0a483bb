"""Departments in one file: their settings, and what is refused with its key and line."""

import pytest

from corpuskit.audit import load_settings, unused_sources
from corpuskit.audit.departments import merged
from corpuskit.errors import ConfigurationError, UnknownName

COMMON = """\
seed = 3
definitions = "categories.csv"
[output]
language = "ja"
formats = ["json"]
[gate]
fail_on = "error"
[tasks.answers.faq_answer]
owner = "A. Mori"
max_error = 0.05

[[sources]]
name = "tickets"
path = "support"
label_columns = ["queue"]
[[sources]]
name = "rules"
path = "rules"

[[departments]]
name = "sales"
sources = ["tickets", "rules"]
[departments.gate]
fail_on = "warning"
[departments.tasks.answers.faq_answer]
max_error = 0.02
[[departments]]
name = "人事"
path = "hr"
[departments.output]
folder = "elsewhere"
"""


def loaded(tmp_path, text=COMMON, department="", **overrides):
    (tmp_path / "corpuskit.toml").write_text(text, encoding="utf-8")
    return load_settings(None, tmp_path, overrides, department)


def test_a_department_stands_over_the_common_settings_key_by_key(tmp_path):
    sales = loaded(tmp_path, department="sales")
    assert (sales.seed, sales.gate.fail_on, sales.output.language) == (3, "warning", "ja")
    answers = sales.tasks.answers["faq_answer"]
    assert (answers.owner, answers.max_error) == ("A. Mori", 0.02)
    assert loaded(tmp_path).gate.fail_on == loaded(tmp_path, department="人事").gate.fail_on == "error"


def test_each_has_its_own_folder_and_name_and_its_sources_alone(tmp_path):
    sales, hr = loaded(tmp_path, department="sales"), loaded(tmp_path, department="人事")
    assert (sales.output.folder, sales.output.title) == ("reports/sales", "sales")
    assert (hr.output.folder, hr.output.title) == ("elsewhere", "人事")
    assert [source.name for source in sales.sources] == ["tickets", "rules"]
    assert (hr.sources, hr.departments) == ((), ())
    assert sales.sources[0].path == str(tmp_path / "support")
    assert sales.digest() != hr.digest()


def test_the_command_line_stands_over_both(tmp_path):
    out = {"folder": "to", "title": None}
    assert loaded(tmp_path, department="sales", output=out, gate={"fail_on": "note"}).gate.fail_on == "note"
    assert loaded(tmp_path, department="人事", output=out).output.folder == "to/人事"
    columns = loaded(tmp_path, department="sales", read={"label_columns": ["other"]})
    assert columns.sources[0].read_options(columns.read).label_columns == ("other",)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "rules"', 'name = "TICKETS"', ["line 17 (sources.1.name)", "'TICKETS' is taken by", "line 13 (sources.0.name)"]),
        ('name = "人事"', 'name = "Sales"', ["(departments.1.name)", "'Sales' is taken by"]),
        ('"tickets", "rules"]', '"tickets", "rule"]', ["(departments.0.sources)", "Unknown source 'rule'. Did you mean 'rules'?"]),
        ('"tickets", "rules"]', '"tickets", "tickets"]', ["(departments.0.sources)", "'tickets' is listed twice"]),
        ('path = "rules"', 'path = "support"\nlabel_columns = []', ["(sources.1.path)", "source 'rules' is source 'tickets' again"]),
        ('path = "hr"', "", ["departments.1", "needs its documents: either path, or sources"]),
        ('path = "hr"', 'path = "hr"\nsources = ["rules"]', ["departments.1", "either path, or sources"]),
        ('name = "人事"', 'name = "history"', ["departments.1.name", "something else has this name"]),
        ('name = "人事"', 'name = "../hr"', ["departments.1.name", "a name has 1 to 60 characters"]),
        ('fail_on = "warning"', 'fail_onn = "warning"', ["unknown key 'departments.0.gate.fail_onn'. Did you mean 'fail_on'?", "(line 24)"]),
        ('fail_on = "warning"', 'fail_on = "sometimes"', ["departments.0.gate.fail_on", "(line 24)"]),
        ('path = "hr"', 'pth = "hr"', ["unknown key 'departments.1.pth'. Did you mean 'path'?"]),
        ('name = "rules"', "", ["sources.1.name: this key is needed.", "(line 16)"]),
    ],
)
def test_what_cannot_be_is_refused_with_key_and_line(tmp_path, old, new, told):
    assert old in COMMON
    with pytest.raises(ConfigurationError) as caught:
        loaded(tmp_path, COMMON.replace(old, new, 1))
    for part in (str(tmp_path / "corpuskit.toml"), *told):
        assert part in str(caught.value)


def test_two_departments_cannot_share_a_folder(tmp_path):
    text = COMMON.replace('sources = ["tickets", "rules"]', 'sources = ["tickets"]\noutput = {folder = "elsewhere"}')
    with pytest.raises(ConfigurationError, match=r"\(departments\.1\.output\.folder\).*'sales' and '人事' would write into one folder"):
        loaded(tmp_path, text)


def test_an_unknown_department_is_told_with_those_that_are(tmp_path):
    with pytest.raises(UnknownName, match=r"'sale'. Did you mean 'sales'\? Valid: sales, 人事"):
        loaded(tmp_path, department="sale")
    with pytest.raises(UnknownName, match="Valid: none"):
        loaded(tmp_path, "seed = 1\n", department="sales")


def test_sources_that_no_department_reads_are_named(tmp_path):
    both = loaded(tmp_path)
    assert unused_sources(both.sources, both.departments) == ()
    assert unused_sources(both.sources, both.departments[1:]) == ("tickets", "rules")
    assert unused_sources(both.sources, ()) == ()


def test_where_a_source_lies_does_not_change_the_digest_and_what_it_takes_does(tmp_path):
    text = '[[sources]]\nname = "a"\npath = "x"\n'
    plain = loaded(tmp_path, text).digest()
    assert loaded(tmp_path, text.replace('"x"', '"y"')).digest() == plain
    assert loaded(tmp_path, text + 'include = ["*.csv"]\n').digest() != plain
    assert loaded(tmp_path, "seed = 0\n[retention]\nreports = 3\n").digest() == loaded(tmp_path, "seed = 0\n").digest()


def test_values_are_merged_key_by_key_and_lists_replaced():
    assert merged({"a": {"b": 1, "c": [1]}, "d": 4}, {"a": {"c": [2]}, "d": None}) == {"a": {"b": 1, "c": [2]}, "d": 4}
    assert merged({"a": 1}, {"a": {"b": 2}}) == {"a": {"b": 2}}
