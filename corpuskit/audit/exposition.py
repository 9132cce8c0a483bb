"""Metrics in the text format that a node exporter's textfile collector reads: OpenMetrics 1.0, gauges only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def exposition(help_texts: Mapping[str, str], samples: Iterable[tuple[str, Mapping[str, str], float]]) -> str:
    """Write gauges in the text format: each metric with its type and help, in the order of the help texts; without samples it is left out."""
    found: dict[str, list[str]] = {name: [] for name in help_texts}
    for metric, labels, value in samples:
        named = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        found[metric].append(f"{metric}{{{named}}} {value:.15g}")
    lines: list[str] = []
    for metric, of_metric in found.items():
        if of_metric:
            lines += [f"# TYPE {metric} gauge", f"# HELP {metric} {help_texts[metric]}", *of_metric]
    return "\n".join([*lines, "# EOF", ""])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
