"""Frames and cases made by hand, for tests of sampling, sheets and exchange."""

from dataclasses import replace

from corpuskit.estimators import Frame, FrameCase
from corpuskit.pilot import Case

DIVISIONS = ("ambiguity", "label", "language")


def dated(months, n=60):
    """The same table with a date for each row, the months in turn."""
    bare = frame(n)
    cases = [replace(case, divisions=(*case.divisions, months[place % len(months)], case.document)) for place, case in enumerate(bare.cases)]
    return replace(bare, cases=tuple(cases), divisions=(*DIVISIONS, "date", "source"))


def frame(n=60, **options):
    """A table of n rows, half of them clear, in two languages."""
    cases = tuple(
        FrameCase(
            "support/tickets.csv",
            number,
            f"row {number + 2}",
            f"{number:016x}",
            ("clear" if number % 2 else "unclear", "repair" if number % 3 else "delivery", "ja" if number % 5 == 0 else "en"),
            2 if number == 0 else 1,
            0.02 if number % 2 else 0.3,
            "repair" if number % 3 else "delivery",
        )
        for number in range(n)
    )
    return Frame(cases=cases, divisions=DIVISIONS, found=n + 1, exact_copies=1, near_copies=0, labels=("delivery", "repair"), **options)


HOSTILE = (
    "=cmd|' /C calc'!A0",
    "'=1+1",
    '-2+3 <b>bold</b> & "quoted"',
    "@SUM(A1)",
    "</script><script>alert(1)</script>",
    "一行目\n二行目,カンマ\t終",
    "{{ 7*7 }} {% if x %} {# c #}",
    "\u2028 file:///etc/passwd",
    "{% endraw %}{{ 1 }}",
)


def cases(n=9, **options):
    """Cases with texts that formats could stumble over."""
    return [
        Case(
            id=f"c{number:03}",
            doc_id=f"tickets.csv#row {number + 2}",
            input=HOSTILE[number % len(HOSTILE)],
            weight=2.5,
            inclusion_probability=0.4,
            copies=1,
            recorded_label="repair",
            slices={"ambiguity": "clear", "language": "ja" if number % 2 else "en"},
            **options,
        )
        for number in range(n)
    ]
