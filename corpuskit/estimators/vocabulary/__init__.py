"""Words as such: how many kinds, how much of them was seen, how many are to come, how evenly they are used, which the public writes too."""
