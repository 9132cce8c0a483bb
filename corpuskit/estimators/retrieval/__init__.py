"""Whether a question finds its one section, and a field cue its one value."""
