"""Charts: numbers become positions, the template only draws. One file per kind of picture.

All positions are in the units of the picture's view box (one unit is one CSS pixel at full width).
"""

from corpuskit.report.charts.drawing import draw

__all__ = ["draw"]
