"""Entropy, and what two words say of each other: sparsity of joint tables, association U = I/H and its growth, peaks, and the tables themselves,
lined up by groups of documents or drawn where they are too large."""
