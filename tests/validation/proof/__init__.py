"""The proof: one command that runs what ``reports/validation/protocol.md`` fixed.

It writes every figure with its origin, whether it is favourable or not.
"""
