"""Cases in use, drawn at random, as events of the audit log."""

from datetime import UTC, datetime, timedelta

import numpy as np

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""A Monday."""


def events(weeks=8, each=60, seed=0, error=0.02, sampled=0.2, **changed):
    """Give events; ``changed`` fields may be functions of (week, generator)."""
    generator = np.random.default_rng(seed)
    made = []
    for week in range(weeks):
        for place in range(each):
            looked = generator.random() < sampled
            wrong = generator.random() < (error(week) if callable(error) else error)
            event = {
                "event_id": f"w{week}-{place}",
                "ts": (START + timedelta(days=7 * week, minutes=30 * place)).isoformat(),
                "task_id": "ticket_routing",
                "tier": "T2",
                "system_version": "1",
                "model": {"provider": "p", "name": "m", "version": "1"},
                "prompt_template_hash": "ab" * 16,
                "policy_version": "1",
                "route": "sample" if looked else "auto",
                "result_ref": f"crm:{week}-{place}",
                "input_hash": f"{week:08x}{place:08x}",
                "data_class": "internal",
                "abstained": bool(generator.random() < 0.05),
                "confidence": float(np.round(generator.beta(8, 2), 3)),
                "review_seconds": float(np.round(generator.lognormal(3.5, 0.4), 1)) if looked else None,
                "decision": ("reject" if wrong else "accept") if looked else None,
                "group_or_language": "ja" if generator.random() < 0.7 else "en",
            }
            event |= {name: value(week, generator) if callable(value) else value for name, value in changed.items()}
            made.append({name: value for name, value in event.items() if value is not None})
    return made
