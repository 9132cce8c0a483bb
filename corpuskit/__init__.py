"""corpuskit: which text work a language model can take over, how sure that is, and what must be in place first."""
__version__ = "0.1.0"
