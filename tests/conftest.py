"""What holds for every test."""

from hypothesis import settings

# a property is true or false, however busy the machine is
settings.register_profile("corpuskit", deadline=None)
settings.load_profile("corpuskit")
