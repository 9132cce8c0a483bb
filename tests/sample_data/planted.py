"""What was put into the folder on purpose, and where: the README is written from this list and the tests read it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plant:
    """A fact about the folder, with the files that show it."""

    id: str
    title: str
    fact: str
    paths: tuple[str, ...]


PLANTED: tuple[Plant, ...] = (
    Plant(
        "clear_labels",
        "Ticket exports whose classes are clear",
        "The label columns are `category` (six classes) and `区分` (five). A reader of the message tells the classes apart.",
        ("support/tickets_2025_en.csv", "support/問い合わせ一覧_2025.csv"),
    ),
    Plant(
        "overlapping_labels",
        "An inquiry log whose classes overlap",
        "The same wordings carry different values of `category`, and one category says nothing: `Other 2`.",
        ("support/inquiry_log_2025.xlsx",),
    ),
    Plant(
        "contradicting_policies",
        "Two versions of a travel policy that contradict each other",
        "Version 1.0 and 2.0 name different daily allowances (2,200 and 2,800 yen in Japan, 5,500 and 7,000 abroad), hotel limits (9,000 and "
        "12,500 yen), days for approval (5 and 10 working days) and for settlement (10 and 20 days). Both lie in the same folder.",
        (
            "general_affairs/travel/travel_policy_v1.docx",
            "general_affairs/travel/travel_policy_v2.pdf",
            "general_affairs/travel/旅費規程_第1版.docx",
            "general_affairs/travel/旅費規程_第2版.pdf",
        ),
    ),
)
