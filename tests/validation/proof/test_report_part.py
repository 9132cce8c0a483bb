"""The path that is run once for a release, on a made folder of the same shape, so that an opening is not lost to a slip."""

import csv
import gzip
import json

import numpy as np
import pytest

from tests.validation.proof import ambient, items, people
from tests.validation.proof.ambient import made_pairs
from tests.validation.proof.data_sets import is_even
from tests.validation.proof.made_answers import made_answers

SENTENCES = {
    "en": "The river bank was flooded and the boats near the bank went down the stream.",
    "ja": "川の上に古い橋があり、人々は橋の上で魚を見ている。",
}


def lines(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_banking77(folder):
    made = made_answers()
    rows, answers = [], []
    for number, (text, code) in enumerate(zip(made.texts, made.labels, strict=True)):
        label = made.names[code]
        rows.append({"id": f"{number}", "text": text, "label": label, "split": "train", "lang": "en"})
        named = [(f"{run.name} {way}", run) for run, way in zip(made.runs, ("zero-shot", "few-shot", "5 nearest"), strict=True)]
        said = {name: label if run.right[number] else "oos" for name, run in named}
        shown = {name: float(run.confidence[number]) for name, run in named}
        offered = {"offered_zero_shot": int(code) != 3, "offered_few_shot": True}
        answers.append({"id": f"{number}", "label": label, "predicted": said, "confidence": shown} | offered)
    lines(folder / "data.jsonl.gz", rows)
    lines(folder / "llm_predictions.jsonl.gz", answers[::-1][:-2])
    return made.names


def write_ambient(folder):
    pairs, answers = made_pairs()
    rows = [{"id": pair.id, "text": pair.text, "text_b": pair.text_b, "ambiguous": True, "disambiguations": [{}] * pair.readings} for pair in pairs]
    lines(folder / "data.jsonl.gz", rows)
    lines(folder / "llm_true_false.jsonl.gz", answers)
    labels = {"crowd_labels": {"neutral": 7, "entailment": 2}, "crowd_entropy_bits": 0.7}
    lines(folder / "crowd.jsonl.gz", [{"id": "x", "text": row["text"], "text_b": row["text_b"]} | labels for row in rows])


def write_words(data, language, name, key):
    sentence = SENTENCES[language]
    word = "bank" if language == "en" else "橋"
    lines(data / "speed" / f"{language}.jsonl.gz", [{"id": f"{n}", "text": " ".join([sentence] * 30)} for n in range(12)])
    start = sentence.index(word)
    rows = [{"lemma": word, "pos": "NOUN", "word": word, "text": sentence, "start": start, "end": start + len(word)} for _ in range(30)]
    lines(data / "ambiguity" / name / "data.jsonl.gz", rows)
    with (data / "ambiguity" / name / "words.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*key, "entropy_bits"])
        writer.writeheader()
        writer.writerow({name: "NOUN" if name == "pos" else word for name in key} | {"entropy_bits": "0.5"})


@pytest.fixture
def data(tmp_path):
    write_banking77(tmp_path / "tasks" / "banking77")
    write_ambient(tmp_path / "ambiguity" / "ambient")
    random = np.random.default_rng(5)
    labels = np.array(["entailment", "neutral", "contradiction"])
    rows = [{"text": f"文 {n}", "text_b": f"句 {n}", "annotator_labels": labels[random.integers(0, 1 + n % 3, 3)].tolist()} for n in range(220)]
    lines(tmp_path / "ambiguity" / "jsick_annotators" / "data.jsonl.gz", rows)
    write_words(tmp_path, "en", "word_sense_semcor", ("lemma", "pos"))
    write_words(tmp_path, "ja", "readings_aozora", ("word",))
    return tmp_path


def test_items(data, monkeypatch):
    for module, name in ((items, "DRAWS_OF_RANKS"), (items, "DRAWS_OF_AREAS"), (ambient, "DRAWS_OF_AREAS")):
        monkeypatch.setattr(module, name, 30)
    found = items.run(data, "report", False)
    assert len(found.figures) == 22
    assert {figure.origin for figure in found.figures} == {"banking77, odd classes, seven runs of language models", "AmbiEnt, six language models"}
    assert "Messages without an answer under their own id and label: 2." in found.notes
    asked = {row[0]: row[1] for row in found.tables[1].rows}
    odd = sum(not is_even(name) for name in made_answers().names)
    assert set(asked.values()) <= {odd - 1, odd}
    opened = {figure.code for figure in found.figures if not figure.first_reading}
    assert opened == {figure.code for figure in found.figures if not figure.code.startswith("items_ambient")}  # no figure of banking77 is blind


def test_people(data, monkeypatch):
    monkeypatch.setattr(people, "DRAWS_OF_RANKS", 30)
    found = {figure.code: figure for figure in people.run(data, "report", False).figures}
    assert len(found) == 7
    assert found["people_jsick_bound"].origin == "jsick, three annotators"
    assert found["people_jsick_error"].n == 220
    assert "ambiguous by the linguists" in found["people_ambient_crowd"].undefined_because
    assert found["people_ambient_bound"].origin == "AmbiEnt, crowd of nine"
    assert found["people_senses_semcor"].undefined_because  # one word has no rank
    assert found["people_senses_aozora"].origin == "readings_aozora"
