"""Has the language of the work moved? Two corpora held against each other, with bands from the documents themselves."""
