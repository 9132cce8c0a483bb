"""A small table of labelled messages, three of them with the same text."""

from corpuskit.counts import LabelledMessages, labelled_messages
from tests.counts.build import counted, message

TICKETS = [
    message("pump leaks oil", {"queue": "repair"}),
    message("pump leaks oil", {"queue": "repair"}),
    message("where is my order", {"queue": "orders"}),
    message("cancel the order", {"queue": "orders"}),
    message("pump leaks oil", {"queue": "orders"}),
    message("hello", {}),
]


def tickets() -> LabelledMessages:
    return labelled_messages(counted({"tickets.csv": TICKETS}))[0]
