"""``corpuskit pilot sample``: draws the cases of a pilot from the documents, and writes what two people label them with."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from corpuskit.cli.console import (
    CacheFolder,
    ConfigFile,
    Definitions,
    Dictionary,
    Encoding,
    Jobs,
    Json,
    LabelColumn,
    NoCache,
    NoProgress,
    Paths,
    Quiet,
    Seed,
    TextColumn,
    cache_folder,
    dictionary_overrides,
    progress_display,
    put,
    read_overrides,
    say,
    table,
)
from corpuskit.errors import InputError, UsageError

if TYPE_CHECKING:
    from corpuskit.pilot import Case, Manifest
    from corpuskit.report import Phrasebook

Task = Annotated[str, typer.Option("--task", help="Id of the task in the report, such as faq_answer.", show_default=False)]
Out = Annotated[Path, typer.Option("--out", help="New folder for the sheets, cases.csv and manifest.json.", show_default=False)]
PlanFile = Annotated[Path | None, typer.Option("--plan", help="Plan that `pilot plan --out` wrote: it says how many cases.", show_default=False)]
Number = Annotated[int | None, typer.Option("--cases", min=1, help="How many cases, where the plan does not say.", show_default=False)]
How = Annotated[
    str,
    typer.Option("--allocation", help="proportional (equal weights), at-least-one (of each main part), optimum (more where errors are likelier)."),
]
GivenLabels = Annotated[str, typer.Option("--labels", help="Labels that can be given, with commas; default: those of the table.", show_default=False)]
Guide = Annotated[
    Path | None, typer.Option("--guide", help="Text file that says how to decide; default: the labels and their definitions.", show_default=False)
]
Unmasked = Annotated[bool, typer.Option("--unmasked", help="Show personal data to those who label.")]
NoMark = Annotated[bool, typer.Option("--no-bom", help="Write CSV without the byte order mark that Excel needs to show Japanese.")]
Speaks = Annotated[str, typer.Option("--lang", help="Language of sheets and guide: en, ja or auto (that of most cases).")]

ALLOCATIONS = {"proportional": "proportional", "at-least-one": "at_least_one", "optimum": "optimum"}
OWN_VALUES = ("ambiguity", "template")
MOST_STRATA = 12
"""Parts that are shown, the largest first; ``manifest.json`` has all."""


def sample_command(
    paths: Paths,
    task: Task,
    out: Out,
    plan: PlanFile = None,
    cases: Number = None,
    allocation: How = "proportional",
    labels: GivenLabels = "",
    guide: Guide = None,
    unmasked: Unmasked = False,
    no_bom: NoMark = False,
    lang: Speaks = "auto",
    seed: Seed = None,
    text_column: TextColumn = None,
    label_column: LabelColumn = None,
    encoding: Encoding = None,
    definitions: Definitions = None,
    dictionary: Dictionary = None,
    config: ConfigFile = None,
    jobs: Jobs = None,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    as_json: Json = False,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> int:
    """Draw the cases of a pilot, spread over clear and unclear, template, language, date and source, and write sheets for two people.

    Example: corpuskit pilot sample ./documents --task faq_answer --plan plan.json --out pilot
    """
    from corpuskit.audit import draw_cases, load_settings
    from corpuskit.pilot import load_plan
    from corpuskit.report import phrasebook

    if allocation not in ALLOCATIONS:
        raise UsageError(f"--allocation {allocation}: unknown. Valid: {', '.join(ALLOCATIONS)}.")
    if lang not in ("auto", "en", "ja"):
        raise UsageError(f"--lang {lang}: unknown. Valid: en, ja, auto.")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} exists already. Cases that were drawn are never overwritten; choose another folder.")
    overrides = {
        "seed": seed,
        "definitions": None if definitions is None else str(definitions),
        "read": read_overrides(text_column, label_column, None, jobs, encoding),
        "text": dictionary_overrides(dictionary),
    }
    settings = load_settings(config, Path(), overrides)
    fixed = load_plan(plan) if plan is not None else None
    told = _text_of(guide) if guide is not None else ""
    given = tuple(dict.fromkeys(label.strip() for label in labels.split(",") if label.strip()))
    if len(given) == 1:
        raise UsageError(f"--labels {labels}: one label decides nothing. Give at least two, with commas between them.")
    rule: Literal["proportional", "at_least_one", "optimum"] = ALLOCATIONS[allocation]  # type: ignore[assignment]  # the names are checked above
    with progress_display(quiet, no_progress) as progress:
        drawn, manifest = draw_cases(
            paths,
            task,
            settings,
            plan=fixed,
            n=cases,
            allocation=rule,
            labels=given,
            masked=not unmasked,
            cache=cache_folder(cache, no_cache),
            progress=progress,
        )
    language = _language(lang, drawn)
    books = {name: phrasebook(name) for name in ("en", "ja")}
    _write(out, drawn, manifest, told or _guide(manifest, _definitions(settings.definitions, encoding), books[language]), books, language, not no_bom)
    if as_json:
        written = manifest.model_copy(
            update={"notes": tuple(note.model_copy(update={"text": books[language].message(note)}) for note in manifest.notes)}
        )
        put(json.dumps(written.model_dump(mode="json") | {"folder": str(out), "exit_code": 0}, ensure_ascii=False, indent=1))
        return 0
    put("\n".join(_lines(drawn, manifest, books[language])))
    say(books[language].label("sample_wrote", folder=str(out)), quiet)
    return 0


def _text_of(guide: Path) -> str:
    from corpuskit.ingest import decode

    try:
        return decode(guide.read_bytes()).text
    except OSError as error:
        raise InputError(f"{guide}: cannot be read ({error.strerror}). Give a text file that says how to decide.") from error


def _definitions(file: str, encoding: str | None) -> dict[str, str]:
    from corpuskit.audit import read_definitions

    return read_definitions(Path(file), encoding or "") if file else {}


def _language(chosen: str, cases: Sequence[Case]) -> Literal["en", "ja"]:
    if chosen in ("en", "ja"):
        return "ja" if chosen == "ja" else "en"
    counted = Counter(case.slices.get("language", "") for case in cases)
    return "ja" if counted["ja"] + counted["mixed"] > counted["en"] else "en"


def _guide(manifest: Manifest, definitions: Mapping[str, str], book: Phrasebook) -> str:
    """Write the guide for labels whose definitions are known, and name those without."""
    lines = [book.label("sample_guide_head"), ""]
    for label in manifest.labels:
        meaning = definitions.get(label, "")
        lines.append(f"{label}: {meaning}" if meaning else book.label("sample_guide_undefined", label=label))
    return "\n".join(lines)


def _words(book: Phrasebook, other: Phrasebook, names: Sequence[str]) -> dict[str, str]:
    """Give the words of pages and sheets; what stands in braces is filled in there. A language is offered in its own words."""
    places = {name: f"{{{name}}}" for name in ("task", "coder", "done", "total", "number", "id", "missing", "taken")}
    own = {name: book.label(f"labelling_{name}", None, **places) for name in names if name != "other_language"}
    return own | {"other_language": other.label("labelling_this_language")}


def _write(folder: Path, cases: Sequence[Case], manifest: Manifest, guide: str, books: Mapping[str, Phrasebook], language: str, mark: bool) -> None:
    """Write everything; the manifest last, so that a folder with one is whole."""
    from corpuskit.audit import write_atomically
    from corpuskit.pilot import CODERS, EXCHANGES, PAGE_WORDS, SHEET_WORDS, cases_csv, labelling_page, order_for, rows_of, sheet_csv, sheet_xlsx

    others = {"en": books["ja"], "ja": books["en"]}
    words = {name: _words(book, others[name], (*PAGE_WORDS, *SHEET_WORDS)) for name, book in books.items()}
    files: dict[str, bytes] = {"cases.csv": cases_csv(cases, manifest.task, mark)}
    for coder in CODERS:
        ordered = order_for(cases, coder, manifest.seed)
        name = f"{coder}/{coder}"
        page = labelling_page(
            ordered,
            manifest.labels,
            guide,
            words,
            language=language,
            task=manifest.task,
            coder=coder,
            digest=manifest.digest[:16],
            file=f"{coder}-labels",
        )
        files[f"{name}.html"] = page.encode()
        files[f"{name}.csv"] = sheet_csv(ordered, mark)
        files[f"{name}.xlsx"] = sheet_xlsx(ordered, manifest.labels, guide, words[language], title=words[language]["title"])
        if (tasks := EXCHANGES["label-studio"].write) is not None:
            files |= {f"{name}.{ending}": data for ending, data in tasks(rows_of(ordered, manifest.task), manifest.labels).items()}
    files["guide.txt"] = guide.encode()
    files["manifest.json"] = (manifest.model_dump_json(indent=1) + "\n").encode()
    for name, data in files.items():
        write_atomically(folder / name, data)


def _lines(cases: Sequence[Case], manifest: Manifest, book: Phrasebook) -> list[str]:
    drawn = [stratum for stratum in manifest.strata if stratum.population]
    weights = sorted({round(case.weight, 2) for case in cases})
    lines = [book.label("sample_head", n=manifest.n, population=manifest.population, task=manifest.task, strata=len(drawn))]
    told = book.label("sample_weight", low=weights[0]) if len(weights) == 1 else book.label("sample_weights", low=weights[0], high=weights[-1])
    lines += [told, ""]
    shown = sorted(drawn, key=lambda stratum: (-stratum.population, tuple(stratum.name.values())))[:MOST_STRATA]
    same = {division for division in manifest.divisions if len({stratum.name[division] for stratum in manifest.strata}) < 2}
    rows = [
        (_part({name: value for name, value in one.name.items() if name not in same}, book), str(one.population), str(one.drawn)) for one in shown
    ]
    head = [book.label(f"sample_column_{name}") for name in ("part", "held", "drawn")]
    lines += [table(head, rows, right=(1, 2)), ""]
    return [*lines, *(f"- {book.message(note)}" for note in manifest.notes)]


def _part(name: Mapping[str, str], book: Phrasebook) -> str:
    """Name a part by the values of its divisions; those that corpuskit gives itself are words of the language."""
    return " / ".join(_value(division, value, book) for division, value in name.items() if value)


def _value(division: str, value: str, book: Phrasebook) -> str:
    from corpuskit.pilot import OTHER

    if value == OTHER:
        return book.label("sample_part_other")
    return book.label(f"sample_part_{value}") if division in OWN_VALUES and book.has_label(f"sample_part_{value}") else value
