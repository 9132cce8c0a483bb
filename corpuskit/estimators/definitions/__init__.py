"""How well names and descriptions of categories tell messages apart, how clear a message or document is, and who should get which."""
