"""How surely a message tells its label: cross-fitted errors, their growth with examples and context, levels and steps, noise of labels, double
coding."""
