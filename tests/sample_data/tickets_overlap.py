"""The inquiry log whose categories overlap: one pool of wordings, labels that depend on who took the call, and "Other 2"."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.sample_data.company import CUSTOMERS, PRODUCTS

HEADER = ("no", "date", "customer", "message", "category")
CATEGORIES = ("General", "Product", "Service", "After-sales", "Other 2")
SUBJECTS = (
    ("We have a question about the {code} that we bought last {season}.", (2, 4, 2, 3, 3)),
    ("The customer asks what happens next with the {code} at {site}.", (3, 2, 3, 3, 3)),
    ("Somebody should get back to us about the {kind}.", (4, 3, 3, 2, 4)),
    ("The {kind} does not do what we expected from the brochure.", (1, 5, 3, 3, 2)),
    ("Please advise on the {code}, our operators are unsure.", (3, 3, 4, 2, 2)),
    ("The engineer who visited {site} promised us information that never came.", (3, 1, 5, 4, 2)),
    ("We would like to talk about the conditions for the {code}.", (4, 3, 2, 2, 4)),
    ("There is an open point from the meeting at {site} in {month}.", (4, 2, 2, 2, 5)),
    ("Is it possible to have the {kind} looked at?", (2, 3, 5, 5, 2)),
    ("The matter with the {code} is still not settled.", (3, 3, 3, 4, 4)),
    ("Caller wants to know who is responsible for the {kind} at {site}.", (4, 2, 3, 2, 4)),
    ("The documents for the {code} do not match what is installed.", (2, 5, 2, 3, 3)),
)  # fmt: skip
DETAILS = (
    "It concerns {n} units.", "They mentioned an earlier case, number {ref}.", "The request came by phone.", "No further details were given.",
    "The site manager is on leave until {month}.", "They would prefer a visit.", "A mail was sent in {month} already.", "It is not urgent.",
    "They sounded unhappy.", "Sales is informed.", "The contract ends in {month}.", "An offer may be needed.",
)  # fmt: skip
ENDINGS = ("Please follow up.", "Call back requested.", "Answer by mail.", "To be clarified.", "Passed on.", "Waiting for feedback.")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
SITES = ("Northport", "Halden", "Brackwater", "Calder Bay", "Tarn Valley", "Verrano", "Quillstone", "Ostmark")


def rows(seed: int = 13, count: int = 360) -> list[tuple[str | int, ...]]:
    """Draw the log: the opening tilts the label a little, nothing else does."""
    chance = Random(seed)
    made: list[tuple[str | int, ...]] = []
    for number in range(count):
        opening, weights = chance.choice(SUBJECTS)
        code, kind, _ = chance.choice(PRODUCTS)
        details = chance.sample(DETAILS, chance.choice((1, 2, 2)))
        message = " ".join((opening, *details, chance.choice(ENDINGS))).format(
            code=code, kind=kind, site=chance.choice(SITES), season=chance.choice(("spring", "summer", "autumn", "winter")),
            month=chance.choice(MONTHS), n=chance.randrange(2, 60), ref=chance.randrange(1000, 9999),
        )  # fmt: skip
        day = date(2025, 1, 7) + timedelta(days=number)
        made.append((number + 1, day.isoformat(), chance.choice(CUSTOMERS), message, chance.choices(CATEGORIES, weights)[0]))
    return made
