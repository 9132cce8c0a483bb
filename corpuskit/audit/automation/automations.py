"""The kinds of files, and what each of them leaves to the file and what to the user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpuskit.registry import Registry


@dataclass(frozen=True)
class Automation:
    """One kind of file.

    Attributes
    ----------
    name : str
    summary : str
        What it is for, in one line.
    file : str
        Where it belongs.
    documents, reports : str
        Folders where none are given.
    paths : {"relative", "made absolute", "absolute"}
        ``relative``: as given, seen from the repository. ``made absolute``: from where we stand. ``absolute``: seen from inside a container, where
        relative ones mean nothing.
    options : tuple of str
        Of ``corpuskit audit``, beside those that every kind gets; ``{reports}`` stands for the folder of reports.
    scheduled : bool
        Whether the file says when; otherwise something else does.
    """

    name: str
    summary: str
    file: str
    documents: str = "documents"
    reports: str = "reports"
    paths: Literal["relative", "made absolute", "absolute"] = "relative"
    options: tuple[str, ...] = ()
    scheduled: bool = True

    @property
    def template(self) -> str:
        """Name of its template."""
        return f"{self.name}.j2"


_OUTCOME = ("--json", "--no-cache")
"""In runners that start empty: the outcome for the next step, and no cache that would be thrown away."""

AUTOMATIONS: Registry[Automation] = Registry(
    "kind of file",
    (
        Automation("github-actions", "workflow of GitHub Actions", ".github/workflows/corpuskit.yml", options=_OUTCOME),
        Automation("gitlab-ci", "job of GitLab CI", ".gitlab-ci.yml", options=_OUTCOME),
        Automation("pre-commit", "hook of pre-commit, before a push", ".pre-commit-config.yaml", scheduled=False),
        Automation("airflow", "DAG of Airflow 3", "corpuskit_audit.py", paths="made absolute", options=("--json",)),
        Automation(
            "kubernetes",
            "CronJob of Kubernetes, with the claim of its reports",
            "corpuskit-audit.yaml",
            "/documents",
            "/reports",
            "absolute",
            ("--cache", "{reports}/cache"),
        ),
        Automation("docker", "image for the CronJob and other containers", "Dockerfile", scheduled=False),
    ),
)
