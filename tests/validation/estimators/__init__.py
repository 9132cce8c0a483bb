"""Do the intervals cover? Every interval is computed again and again on languages with known truth.

``python -m tests.validation.estimators --replications 1000`` prints a table and, with ``--write``, puts it into ``reports/validation/estimators.md``.
With ``--rows FILE`` the rows of each design are added to a file as soon as they are known, and designs whose rows are there are not run again.
"""
