"""What holds for every test."""

import os

from hypothesis import settings

# a property is true or false, however busy the machine is; in CI the same cases are tried every time, so that a change is judged by itself
settings.register_profile("corpuskit", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("corpuskit")
