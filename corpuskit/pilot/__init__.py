"""FLOOR 6: pilot.

Enters: what error is tolerated and expected. Leaves: :class:`PilotPlan`, the exact number of cases to label and of errors that pass.

To add a step of the pilot (sample, evaluate, gate): one file with one verb and its small typed result; statistics live in ``corpuskit.estimators``.
"""

from __future__ import annotations

from corpuskit.pilot.plan import PilotPlan, PilotSizeForErrors, plan

__all__ = ["PilotPlan", "PilotSizeForErrors", "plan"]
