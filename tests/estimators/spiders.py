"""Frequencies with known answers: spiders caught in two forests (Ellison and others 2010), as shipped with the R package iNEXT."""

import numpy as np

GIRDLED = np.array([46, 22, 17, 15, 15, 9, 8, 6, 6, 4, *[2] * 4, *[1] * 12])
"""168 spiders of 26 species, f1 = 12, f2 = 4."""

LOGGED = np.array([88, 22, 16, 15, 13, 10, 8, 8, 7, 7, 7, 5, *[4] * 3, *[3] * 4, *[2] * 4, *[1] * 14])
"""252 spiders of 37 species, f1 = 14, f2 = 4; compared with the counts that the manual of the package prints."""

LOGGED_SIZE, LOGGED_ONCE, LOGGED_TWICE = 252, 14, 4
"""252 spiders of 37 species, of which 14 were seen once and 4 twice."""

LOGGED_SPECIES = 37
