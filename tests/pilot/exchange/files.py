"""Where the files that the real tools wrote lie (their versions are in their names), and what went into them."""

from pathlib import Path

FIXTURES = Path(__file__).parent / "fixtures"

ROWS = [
    {"id": "c1", "doc_id": "a#row 2", "input": "請求書が届きません。 {{ 7*7 }} {% if %}", "truth": "請求", "slice.language": "ja"},
    {"id": "c2", "doc_id": "a#row 3", "input": "file:///etc/hostname is not delivered", "truth": "配送", "slice.language": "en"},
    {"id": "c3", "doc_id": "a#row 4", "input": "=1+1 商品を<返品>したい", "truth": "返品", "slice.language": "ja"},
]
LABELS = ("請求", "配送", "返品", 'A & B <"x">')


def rows_of(sheet, *names):
    return list(zip(*(sheet.columns.get(name, [""] * sheet.height) for name in names), strict=True))


def written(tmp_path, exchange, rows=ROWS):
    """Write rows and give the paths of the files."""
    paths = []
    for ending, data in exchange.write(rows, LABELS).items():
        paths.append(tmp_path / f"t.{ending}")
        paths[-1].write_bytes(data)
    return paths
