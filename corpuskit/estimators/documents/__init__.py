"""What is told of documents: age, hygiene, repeated and foretold text, sensitive content."""
