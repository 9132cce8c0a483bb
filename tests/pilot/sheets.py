import csv

import numpy as np


def write(path, columns, encoding="utf-8"):
    """Write columns as CSV."""
    with path.open("w", encoding=encoding, newline="") as stream:
        out = csv.writer(stream)
        out.writerow(columns)
        out.writerows(zip(*columns.values(), strict=True))
    return path


def pilot(folder, n=234, wrong=5, seed=0, **more):
    """Write truth and answers of ``n`` cases of which the first ``wrong``, spread at random, are answered wrongly."""
    random = np.random.default_rng(seed)
    truth = random.choice(["請求", "配送", "返品"], n).tolist()
    places = set(random.choice(n, wrong, replace=False).tolist())
    ids = [f"c{number:03}" for number in range(n)]
    given = ["その他" if place in places else label for place, label in enumerate(truth)]
    sure = [0.2 + 0.001 * (place % 100) if place in places else 0.6 + 0.001 * (place % 300) for place in range(n)]
    labels = write(folder / "truth.csv", {"id": ids, "truth": truth, **more})
    answers = write(folder / "answers.csv", {"id": ids[::-1], "prediction": given[::-1], "confidence": sure[::-1]})
    return labels, answers
