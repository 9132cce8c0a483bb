import io
from dataclasses import replace

import pytest
from docx import Document as Word
from openpyxl import Workbook

from corpuskit.counts import CountOptions, count_documents, count_nothing, merge
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.retrieval.field_ambiguity import COLUMNS, FEWEST_DOCUMENTS, estimate_field_ambiguity, fields_once, names_of_fields
from corpuskit.ingest import read
from corpuskit.text import TextOptions
from tests.counts.build import counted, sentence

OPTIONS = EstimatorOptions()


def estimated(stats):
    found = estimate_field_ambiguity(Inputs(stats, OPTIONS), OPTIONS)
    return {item.id: item for item in found.estimates}, [dict(zip(COLUMNS, row, strict=True)) for series in found.series for row in series.rows]


def forms(*fields_of_each, name="d", **options):
    """Documents with fields; their words make each differ from the others."""
    return {f"{name}{number}.txt": [sentence("form", f"{name}{number}", fields=fields, **options)] for number, fields in enumerate(fields_of_each)}


def test_the_share_of_names_without_one_value_is_counted_by_hand():
    one, two, none = [("total", "amount", 1)], [("total", "amount", 1), ("total", "amount", 2)], [("total", "text", 9)]
    estimates, rows = estimated(counted(forms(*[one] * 7, two, none, [("total", "empty", 0)])))
    found = estimates["field_ambiguity@corpus"]
    assert (found.value, found.n, found.unit, found.grade) == (0.3, 10, "documents", "D")
    assert found.interval == pytest.approx(clopper_pearson(3, 10))
    (row,) = rows
    assert {name: row[name] for name in ("field", "documents", "one_value", "candidates", "type", "place")} == {
        "field": "total",
        "documents": 10,
        "one_value": 0.7,
        "candidates": 0.9,
        "type": "amount",
        "place": "line",
    }
    assert row["same_type"] == pytest.approx(9 / 10, abs=1e-3)
    assert (row["low"], row["high"]) == pytest.approx(clopper_pearson(7, 10), abs=1e-3)
    assert estimates["field_ambiguity@lang:en"].value == 0.3


def test_names_of_one_document_are_taken_as_dependent():
    fields = [(f"field {letter}", "number", 1) for letter in "abcdefgh"]
    found = estimated(counted(forms(*[fields] * 6)))[0]["field_ambiguity@corpus"]
    assert (found.value, found.n) == (0.0, 6)
    assert found.interval == pytest.approx(clopper_pearson(0, 6)), "48 pairs are worth six documents"


def test_too_few_documents_are_refused_with_the_reason():
    for stats, documents in ((count_nothing(CountOptions()), 0), (counted(forms(*[[("total", "amount", 1)]] * (FEWEST_DOCUMENTS - 1))), 4)):
        estimates, rows = estimated(stats)
        found = estimates["field_ambiguity@corpus"]
        assert (found.value, found.undefined_because.code) == (None, "undefined_no_field_names")
        assert found.undefined_because.parameters == {"needed": FEWEST_DOCUMENTS, "documents": documents}
        assert rows == []


def test_a_name_that_is_only_ever_blank_is_no_name():
    assert estimated(counted(forms(*[[("total", "empty", 0)]] * 9)))[0]["field_ambiguity@corpus"].value is None


def test_exact_copies_narrow_no_interval():
    once = forms(*[[("total", "amount", number)] for number in range(8)])
    copies = {f"copy/{name}": parts for name, parts in once.items()}
    plain, doubled = estimated(counted(once)), estimated(counted({**once, **copies}))
    assert doubled[0]["field_ambiguity@corpus"] == plain[0]["field_ambiguity@corpus"]
    assert doubled[1] == plain[1]


def test_languages_are_measured_apart_and_mixed_counts_as_japanese():
    english = forms(*[[("total", "amount", 1)]] * 5, name="en")
    japanese = forms(*[[("total", "amount", 1), ("total", "amount", 2)]] * 5, name="ja", language="ja")
    estimates, _ = estimated(counted({**english, **japanese}))
    assert {name: item.value for name, item in estimates.items()} == {
        "field_ambiguity@corpus": 0.5,
        "field_ambiguity@lang:en": 0.0,
        "field_ambiguity@lang:ja": 1.0,
    }
    stats = counted(japanese)
    mixed = replace(stats, documents=stats.documents.with_columns(language=stats.documents["language"].replace({"ja": "mixed"})))
    assert set(fields_once(mixed)["language"]) == {"ja"}


def test_the_type_of_most_documents_is_the_main_one_however_many_values_others_have():
    many = [("date", "text", number) for number in range(9)]
    names, pairs = names_of_fields(fields_once(counted(forms(*[[("date", "date", 1)]] * 5, [("date", "date", 1), *many]))))
    assert names["main"].to_list() == ["date"]
    assert names["same_type"].to_list() == pytest.approx([6 / 15])
    assert pairs["values"].to_list() == [1] * 6


def test_values_in_several_places_of_a_document_spread():
    documents = {
        f"d{number}": [
            sentence("x", f"w{number}"),
            *[sentence(f"y{place}") for place in range(number)],
            sentence("z", fields=[("total", "amount", 1)]),
        ]
        for number in range(5)
    }
    (row,) = estimated(counted(documents))[1]
    assert row["position_spread"] == pytest.approx(0.2)


def test_more_forms_narrow_the_interval_and_parts_give_what_the_whole_gives():
    documents = forms(*[[("total", "amount", 1), *([("total", "amount", 2)] if number % 4 == 0 else [])] for number in range(40)])
    few, all_of_them = dict(list(documents.items())[:12]), estimated(counted(documents))
    low, high = all_of_them[0]["field_ambiguity@corpus"].interval
    few_low, few_high = estimated(counted(few))[0]["field_ambiguity@corpus"].interval
    assert high - low < few_high - few_low
    halves = [counted(dict(list(documents.items())[place::2])) for place in range(2)]
    assert estimated(merge(halves)) == all_of_them


INVOICES = {
    "ja": [("請求番号", "INV-{0:03}"), ("発行日", "2024年4月{0}日"), ("合計", "¥{0},500"), ("摘要", "部品の納入 {0}")],
    "en": [("Invoice No.", "INV-{0:03}"), ("Invoice date", "{0} April 2024"), ("Total", "USD {0},500.00"), ("Terms", "net {0} days")],
}
TYPES = {"ja": ["identifier", "date", "amount", "text"], "en": ["identifier", "date", "amount", "text"]}


def lines(language, number, second=False):
    told = [(cue, value.format(number)) for cue, value in INVOICES[language]]
    return [*told, (told[1][0], INVOICES[language][1][1].format(number + 10))] if second else told


def written(folder, language, kind, number, pairs):
    title = "請求書" if language == "ja" else "Invoice"
    path = folder / f"{language}-{kind}-{number}.{kind}"
    if kind == "md":
        path.write_text(f"# {title}\n\n" + "".join(f"- **{cue}**: {value}\n" for cue, value in pairs), encoding="utf-8")
    elif kind == "csv":
        path.write_text("".join(f'"{cue}","{value}"\n' for cue, value in pairs), encoding="utf-8")
    elif kind == "txt":
        path.write_text(title + "\n" + "".join(f"{cue}：{value}\n" for cue, value in pairs), encoding="utf-8")
    elif kind == "xlsx":
        book = Workbook()
        for pair in pairs:
            book.active.append(list(pair))
        stream = io.BytesIO()
        book.save(stream)
        path.write_bytes(stream.getvalue())
    else:
        word = Word()
        word.add_heading(title, 1)
        table = word.add_table(rows=0, cols=2)
        for cue, value in pairs:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = cue, value
        word.save(path)


@pytest.mark.parametrize("language", INVOICES)
def test_invoices_in_five_formats_have_the_ambiguity_that_was_put_in(tmp_path, language):
    """Ten invoices, two of each format; in one of each format the date stands twice with different days: 5 of 40 pairs have two values."""
    for place, kind in enumerate(("md", "csv", "txt", "xlsx", "docx")):
        for copy in range(2):
            number = 1 + 2 * place + copy
            written(tmp_path, language, kind, number, lines(language, number, second=copy == 1))
    stats = count_documents(read([tmp_path]), TextOptions())
    estimates, rows = estimated(stats)
    assert estimates["field_ambiguity@corpus"].value == pytest.approx(5 / 40)
    told = {row["field"]: row for row in rows}
    names = [cue.casefold() for cue, _ in INVOICES[language]]
    assert set(names) == set(told)
    assert [told[name]["type"] for name in names] == TYPES[language]
    assert [told[name]["documents"] for name in names] == [10] * 4
    assert [told[name]["one_value"] for name in names] == [1, 0.5, 1, 1]
    assert told[names[1]]["candidates"] == 1.5
