from corpuskit.ingest.opendocument_styles import Styles, plain


def styles(*definitions):
    """Build styles of (family, name, parent, properties)."""
    found = Styles()
    for family, name, parent, properties in definitions:
        found.start("style", {"family": family, "name": name, "parent-style-name": parent})
        for kind, attributes in properties.items():
            found.start(kind, attributes)
    return found


def test_attributes_lose_their_namespaces():
    assert plain({"{urn:x}name": "a", "b": "c"}) == {"name": "a", "b": "c"}


def test_letters_are_hidden_by_their_style_or_by_what_it_is_based_on():
    known = styles(
        ("text", "H", "", {"text-properties": {"display": "none"}}),
        ("text", "child", "H", {}),
        ("text", "back", "H", {"text-properties": {"display": "true"}}),
        ("text", "tiny", "", {"text-properties": {"font-size": "0.5pt"}}),
        ("text", "small", "", {"text-properties": {"font-size": "6pt"}}),
        ("text", "loop", "loop", {}),
    )
    hidden = {name for name in ("H", "child", "back", "tiny", "small", "loop", "none") if known.hides("span", {"style-name": name})}
    assert hidden == {"H", "child", "tiny"}
    assert not known.hides("p", {"style-name": "H"}), "names are those of a family"
    assert known.hides("section", {"display": "none"})


def test_white_letters_and_what_stands_behind_them():
    known = styles(
        ("paragraph", "W", "", {"text-properties": {"color": "#FFFFFF"}}),
        ("paragraph", "S", "W", {"paragraph-properties": {"background-color": "#000080"}}),
        ("paragraph", "T", "W", {"paragraph-properties": {"background-color": "transparent"}}),
    )
    assert known.colours("p", {"style-name": "W"}) == (True, None)
    assert known.colours("p", {"style-name": "S"}) == (True, True)
    assert known.colours("h", {"style-name": "T"}) == (True, False)
    assert known.colours("p", {}) == (None, None)


def test_sheets_and_slides_are_hidden_by_their_styles():
    known = styles(
        ("table", "t", "", {"table-properties": {"display": "false"}}),
        ("drawing-page", "d", "", {"drawing-page-properties": {"visibility": "hidden"}}),
    )
    assert known.hides("table", {"style-name": "t"})
    assert known.hides("page", {"style-name": "d"})
