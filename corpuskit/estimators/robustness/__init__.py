"""How far numbers hang on what was read: single sources and documents, copies and boilerplate, wrong characters, where words are cut."""
