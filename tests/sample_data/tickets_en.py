"""The English ticket export: six classes that a reader of the message tells apart."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.sample_data.company import CUSTOMERS, PRODUCTS

HEADER = ("ticket_id", "received", "channel", "customer", "message", "category", "assigned_to")
QUEUES = {
    "Delivery delay": "Logistics desk",
    "Technical fault": "Service engineering",
    "Invoice query": "Accounts receivable",
    "Spare parts": "Parts counter",
    "Portal access": "IT service desk",
    "Certificate request": "Quality documents",
}
OPENINGS: dict[str, tuple[str, ...]] = {
    "Delivery delay": (
        "Order {order} for {n} pieces of the {code} {kind} was due on {day} and has not arrived.",
        "The carrier shows no movement for consignment {order} since {day}; we are waiting for {n} {kind}s.",
        "Your confirmation promised dispatch of {order} in week {week}, yet our warehouse has received nothing.",
        "We were told that the {code} would ship by air on {day}, but the tracking page still says booking pending.",
        "Only {m} of the {n} {kind}s on {order} were on the pallet that came in on {day}.",
        "Please tell us when the back order {order} will leave your plant, it is now {m} days late.",
        "The container with {order} missed the vessel on {day}, according to the forwarder.",
        "Our goods-in team refused {order} because the truck turned up {m} days after the agreed slot.",
    ),
    "Technical fault": (
        "The {code} {kind} leaks at the shaft seal after {n} hours of running.",
        "Since {day} the {code} trips on overload whenever the pressure passes {m} bar.",
        "We hear a grinding noise from the {kind} {serial} and the casing gets hot.",
        "The coil of the {code}, serial {serial}, measures {m} ohms and it no longer switches.",
        "Flow from the {code} drops by {m} percent after the first {n} minutes, the filter is clean.",
        "The stem of {kind} {serial} is stuck half open and cannot be turned by hand.",
        "Vibration on the {code} rose above {m} mm/s last night and the operator stopped the line.",
        "The display of the {code} shows error E{m} and the setpoint resets to zero at every start.",
    ),
    "Invoice query": (
        "Invoice {invoice} charges {n} units but the delivery note lists {m} fewer.",
        "We paid {invoice} on {day}; why did we receive a reminder for the same amount?",
        "The VAT line on {invoice} uses the wrong rate for an intra-company sale.",
        "Please reissue {invoice} with our new cost centre and the purchase order number {order}.",
        "The discount of {m} percent that sales agreed with us is missing from {invoice}.",
        "Our ledger shows {invoice} twice, one of them must be cancelled by a credit note.",
        "Can we settle {invoice} in euros instead of yen, and at which exchange rate?",
        "The bank details on {invoice} differ from those on last month's statement.",
    ),
    "Spare parts": (
        "Please quote a repair kit for the {code}, serial {serial}, with seals and two bearings.",
        "Which gasket set fits a {code} built before {year}? The old part number is no longer in the list.",
        "We need {m} replacement diaphragms for our {kind}s and would like the price and lead time.",
        "Is the impeller of the {code} sold separately or only together with the shaft?",
        "Could you offer {n} O-rings in FKM for the {kind} and say what the minimum quantity is?",
        "We want to keep one set of wear parts on the shelf for {m} {code} units, what do you recommend?",
        "The exploded drawing of the {code} does not name item {m}; what is its part number?",
        "Do you still stock the spring for the {code} that we bought in {year}?",
    ),
    "Portal access": (
        "I cannot log in to the customer portal, the password reset mail never arrives.",
        "My colleague left in {year}; please transfer her portal account to me.",
        "The two-factor code is rejected every time since I changed my phone on {day}.",
        "After signing in, the order history page stays blank in both browsers.",
        "Please give our {m} new buyers a user name for the web shop.",
        "The portal says that my account is locked after {m} failed attempts.",
        "I see the drawings of another company when I open my document folder in the portal.",
        "The download button for data sheets does nothing when I am logged in as purchaser.",
    ),
    "Certificate request": (
        "Please send the EN 10204 3.1 material certificate for {code} serial {serial}.",
        "Our auditor asks for the pressure test record of the {n} {kind}s delivered on {day}.",
        "We need a declaration of conformity for the {code} in German before {day}.",
        "Can you confirm in writing that the {kind} is free of the substances on the current candidate list?",
        "The calibration certificate of the {code} expired in {year}; may we have the renewed one?",
        "Please supply the food-contact statement for the elastomers used in {serial}.",
        "The certificate of origin for order {order} is missing from the shipping papers.",
        "For the plant file we require the hydrostatic test report, signed and stamped, for {m} valves.",
    ),
}  # fmt: skip
MIDDLES = (
    "Our line at the {site} site depends on it.", "The reference on our side is {ref}.", "I already called twice this week.", "",
    "We buy from you since {year}.", "A colleague in purchasing is copied.", "Photos can be sent if that helps.", "",
    "The planner wants an answer for the shift meeting.", "This is the second time this quarter.", "It is about plant {site}.",
)  # fmt: skip
CLOSINGS = (
    "Thank you for a quick answer.", "Please call me back before noon.", "Kind regards from the {site} team.", "Could somebody look into this today?",
    "We would appreciate a reply by {day}.", "Many thanks in advance.", "", "Awaiting your reply.",
)  # fmt: skip
SITES = ("Northport", "Halden", "Brackwater", "Calder Bay", "Tarn Valley", "Verrano", "Quillstone", "Ostmark")


def slots(chance: Random) -> dict[str, object]:
    code, kind, _ = chance.choice(PRODUCTS)
    day = date(2025, 4, 1) + timedelta(days=chance.randrange(360))
    return {
        "code": code, "kind": kind, "n": chance.randrange(12, 480), "m": chance.randrange(2, 11), "week": chance.randrange(10, 50),
        "day": f"{day:%d %B}".lstrip("0"), "year": chance.randrange(2016, 2025), "site": chance.choice(SITES),
        "order": f"SO-{chance.randrange(20000, 29999)}", "invoice": f"INV-{chance.randrange(5000, 9999)}",
        "serial": f"{code[:2]}{chance.randrange(100000, 999999)}", "ref": f"{chance.choice('KLMRT')}{chance.randrange(100, 999)}",
    }  # fmt: skip


def rows(seed: int = 11, count: int = 432) -> list[tuple[str, ...]]:
    """Draw the tickets: classes in turn with a little imbalance, sentences from their own pool, closings shared by all."""
    chance = Random(seed)
    names = list(OPENINGS)
    weights = (9, 10, 8, 7, 6, 5)
    made: list[tuple[str, ...]] = []
    for number in range(count):
        category = chance.choices(names, weights)[0]
        values = slots(chance)
        first, second = chance.sample(OPENINGS[category], 2)
        parts = [first, chance.choice(MIDDLES), second if chance.random() < 0.3 else "", chance.choice(CLOSINGS)]
        message = " ".join(part.format(**values) for part in parts if part)
        received = date(2025, 4, 1) + timedelta(days=number * 350 // count)
        channel = chance.choice(("e-mail", "web form", "phone"))
        made.append((f"T-{number + 10001}", received.isoformat(), channel, chance.choice(CUSTOMERS), message, category, QUEUES[category]))
    return made
