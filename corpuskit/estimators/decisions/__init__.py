"""What a pilot's outcomes show: rates with exact bounds, tests that may stop early, thresholds, comparisons.

Pure functions on arrays of outcomes; what a plan or a verdict makes of them stands on the floor of the pilot.
"""
