"""The invented company of ``sample_data``: every file of the folder is made here, the same bytes in every run.

Run ``python -m tests.sample_data OUTFOLDER``. Texts stand in the modules named after departments; ``markup``, ``office``, ``pages`` and
``mail`` turn them into real formats; ``planted`` says what was put in on purpose, and the folder's README is written from it.
"""
