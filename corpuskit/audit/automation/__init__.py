"""Ready files for programs that call audits: continuous integration, pre-commit, Airflow, Kubernetes, Docker.

To add a kind: a template in ``templates/`` and an entry in :data:`AUTOMATIONS`; its comments stand in ``report/languages/*/automation.toml``.
"""

from corpuskit.audit.automation.automations import AUTOMATIONS, Automation
from corpuskit.audit.automation.examples import example
from corpuskit.audit.automation.wanted import DEFAULT_EVERY, Wanted

__all__ = ["AUTOMATIONS", "DEFAULT_EVERY", "Automation", "Wanted", "example"]
