"""The rulebook of one audit: the tasks, controls and frameworks that ship, extended and overridden by a user's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from corpuskit.errors import ConfigurationError
from corpuskit.finding import Finding
from corpuskit.tasks.assessment import Control, Reference, TaskAssessment, TaskControl, Tier
from corpuskit.tasks.catalogue import TASKS, Catalogue, Task
from corpuskit.tasks.controls import CONTROLS, ControlEntry, controls_for
from corpuskit.tasks.frameworks import FRAMEWORKS, Framework, references


@dataclass(frozen=True)
class Rulebook:
    """What one audit finds, asks for and cites.

    Attributes
    ----------
    tasks, controls, frameworks : Catalogue
        By id, those that ship in their order and own ones behind them.
    """

    tasks: Catalogue[Task]
    controls: Catalogue[ControlEntry]
    frameworks: Catalogue[Framework]

    def reference(self, ref: str) -> Reference:
        """Find a rule by ``framework:rule``, with the date of its last check.

        Raises
        ------
        ConfigurationError
            No framework has this rule.
        """
        framework, _, rule = ref.partition(":")
        if framework in self.frameworks:
            for one in self.frameworks[framework].rules:
                if one.id == rule:
                    return self.frameworks[framework].reference(one)
        known = ", ".join(f"{framework}:{one.id}" for one in self.frameworks[framework].rules) if framework in self.frameworks else ""
        valid = known or ", ".join(self.frameworks)
        raise ConfigurationError(f"Reference {ref!r} has no rule with a date. Add it under frameworks, or use one of: {valid}.")

    def controls_for(self, tier: Tier) -> tuple[TaskControl, ...]:
        """Give the controls that a tier needs."""
        return controls_for(tier, self.controls.values())

    def printed(self, used: Iterable[str]) -> tuple[Control, ...]:
        """Give the controls of some ids as the report prints them."""
        wanted = set(used)
        return tuple(entry.printed(self.reference) for entry in self.controls.values() if entry.id in wanted)

    def cited(self, tasks: Iterable[TaskAssessment], controls: Iterable[Control]) -> tuple[Reference, ...]:
        """Give every rule that tasks (in the parameter ``ref`` of their messages) and controls cite, each once, in the order of the frameworks."""
        named = {reference.ref for control in controls for reference in control.references}
        for task in tasks:
            said = (*task.tier_reasons, *task.reasons, *task.review, *task.failure_modes, task.next_step)
            named |= {str(message.parameters["ref"]) for message in said if "ref" in message.parameters}
        return tuple(one for name, one in references(self.frameworks.values()).items() if name in named)

    def check(self, where: Callable[[str], str] = str) -> None:
        """Refuse what cites a rule that no framework has.

        Parameters
        ----------
        where : callable
            Says in which file an entry stands, by its id.

        Raises
        ------
        ConfigurationError
            Names the entry and the reference.
        """
        known = references(self.frameworks.values())
        cited = [(task.id, ref) for task in self.tasks.values() for ref in task.cited]
        cited += [(control.id, ref) for control in self.controls.values() for ref in control.references]
        for entry, ref in cited:
            if ref not in known:
                try:
                    self.reference(ref)
                except ConfigurationError as error:
                    raise ConfigurationError(f"{where(entry)}: {error}") from None


SHIPPED = Rulebook(TASKS, CONTROLS, Catalogue("framework", (named.framework for named in FRAMEWORKS.values())))


def outdated_frameworks(rulebook: Rulebook, today: str, most_days: int) -> tuple[Finding, ...]:
    """Find the frameworks whose rules were last checked longer ago than ``most_days``.

    Parameters
    ----------
    rulebook : Rulebook
    today : str
        ISO date of the audit; empty: not known, nothing is found.
    most_days : int

    Returns
    -------
    tuple of Finding
        One for each framework, with the day of the oldest check among its rules.
    """
    if not today:
        return ()
    day = date.fromisoformat(today[:10])
    found = []
    for framework in rulebook.frameworks.values():
        checked = min([framework.checked_on, *(rule.checked_on for rule in framework.rules if rule.checked_on)])
        days = (day - date.fromisoformat(checked)).days
        if days > most_days:
            parameters = {"en": framework.name.get("en", framework.id), "ja": framework.name.get("ja", framework.id), "checked_on": checked}
            found.append(
                Finding(
                    id=f"framework_outdated@{framework.id}",
                    level="warning",
                    code="framework_outdated",
                    parameters={**parameters, "days": days, "most": most_days},
                )
            )
    return tuple(found)
