"""Everything that sample_data/README.md claims is there; read with plain means, not with the package under test."""

from __future__ import annotations

import csv
import difflib
import io
import itertools
import json
import math
import re
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from tests.sample_data import tickets_overlap
from tests.sample_data.build import all_files, write_all
from tests.sample_data.plain_reading import members, text_of
from tests.sample_data.planted import PLANTED, paths_of

FOLDER = Path(__file__).parents[1] / "sample_data"
PATHS = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())
ZIPPED = (".docx", ".xlsx", ".pptx")
UNREADABLE = {"hr/salary_bands_confidential.pdf", "legal/売買基本契約書_破損.docx"}

# The first list speaks from the path, the title or the header, the second from the body.
CUES = {
    "ticket_routing": (("ticket", "問い合わせ", "inquiry"), ("assigned_to", "担当部署", "category")),
    "faq_answer": (("faq", "よくある質問"), ("a:", "a. ", "ご回答")),
    "complaint_triage": (("complaint", "クレーム"), ("refund", "escalate", "苦情", "お詫び", "返金")),
    "reply_draft": (("attached", "添付"), ("regards", "thank you for", "お世話になっております", "ご査収")),
    "call_notes": (("call notes", "call_notes", "訪問記録"), ("next step", "budget", "次回アクション", "予算")),
    "minutes_summary": (("minutes", "議事録"), ("attendees", "action items", "出席者", "決定事項")),
    "report_draft": (("monthly report", "monthly_report", "月報", "出張報告"), ("summary", "findings", "所見", "以上")),
    "notice_draft": (("notice", "お知らせ", "ご挨拶"), ("dear all", "拝啓", "各位")),
    "proposal_draft": (("proposal", "提案書", "企画書"), ("objectives", "schedule", "目的", "効果")),
    "translate_en_ja": (("glossary", "translation", "対訳", "翻訳"), ("translation", "bilingual", "英訳", "english")),
    "policy_qa": (("policy", "規程", "就業規則", "rules"), ("shall", "applies to", "第1条", "附則")),
    "sop_manual": (("procedure", "manual", "手順書", "作業標準"), ("step", "caution", "注意事項", "改訂履歴")),
    "past_trouble_search": (("lessons learned", "lessons_learned", "8d", "過去トラ"), ("root cause", "再発防止", "なぜなぜ")),
    "contract_clause": (("nda", "contract", "契約書"), ("governing law", "indemnify", "準拠法", "損害賠償")),
    "invoice_po": (("invoice", "請求書", "注文書", "発注"), ("po number", "total", "税込", "発注番号")),
    "quality_incident": (("ncr", "nonconformity", "不適合"), ("defect code", "containment", "不具合", "原因区分")),
    "safety_report": (("near miss", "near_miss", "ヒヤリハット", "災害速報"), ("injury", "hazard", "労災", "危険源")),
    "maintenance_log": (("maintenance", "保全", "設備日報"), ("work order", "downtime", "停止時間", "交換")),
    "hr_screening": (("resume", "applicant", "履歴書", "応募"), ("applicant", "interview", "面接評価", "職務経歴書")),
    "performance_eval": (("appraisal", "評価シート", "人事考課"), ("rating", "goals", "目標管理", "等級")),
}


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {path: text_of(FOLDER, path) for path in PATHS if path not in UNREADABLE}


def table(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text_of(FOLDER, path))))


def test_the_generator_writes_the_committed_files_again(tmp_path):
    count, size = write_all(tmp_path / "sample_data")
    again = {
        path.relative_to(tmp_path / "sample_data").as_posix(): path.read_bytes() for path in (tmp_path / "sample_data").rglob("*") if path.is_file()
    }
    assert sorted(again) == PATHS
    assert (count, size) == (len(PATHS), sum(map(len, again.values())))
    for path, content in again.items():
        committed = (FOLDER / path).read_bytes()
        if path.endswith(ZIPPED) and path not in UNREADABLE:  # two builds of zlib may pack the same members differently
            assert members(content) == members(committed), path
        elif not path.endswith(ZIPPED):
            assert content == committed, path


def test_two_runs_give_the_same_bytes():
    assert all_files() == all_files()


def test_a_foreign_folder_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(SystemExit, match="left alone"):
        write_all(tmp_path)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "keep"


def test_formats_languages_and_sizes(texts):
    kinds = Counter(path.rsplit(".", 1)[1] for path in PATHS)
    least = {"docx": 40, "pdf": 20, "txt": 20, "md": 8, "html": 8, "eml": 8, "xlsx": 6, "csv": 6, "pptx": 3, "jsonl": 1}
    assert all(kinds[kind] >= number for kind, number in least.items()), kinds
    assert 140 <= len(PATHS) <= 200
    assert sum((FOLDER / path).stat().st_size for path in PATHS) < 3_000_000
    assert max((FOLDER / path).stat().st_size for path in PATHS) <= 200_000
    japanese = sum(re.search(r"[぀-ヿ]", text) is not None for text in texts.values())
    assert 60 <= japanese <= len(texts) - 60
    assert len(texts["hr/就業規則.docx"]) > 3_000
    assert len(texts["hr/employee_handbook_policy.docx"]) > 4_000
    assert all(len(text.strip()) > 100 for text in texts.values())


def test_the_readme_names_files_that_exist():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for plant in PLANTED:
        assert plant.title in readme
        for start in plant.paths:
            assert start in readme
            assert any(path.startswith(start) for path in PATHS), start


def grams(text: str) -> list[str]:
    plain = re.sub(r"\d+", "0", text.lower())
    return [plain[n : n + 3] for n in range(len(plain) - 2)]


def held_out_accuracy(pairs: list[tuple[str, str]], folds: int = 5) -> float:
    """Share of labels that a naive Bayes of character trigrams finds on folds it has not seen."""
    right = 0
    for fold in range(folds):
        seen: dict[str, Counter[str]] = defaultdict(Counter)
        for n, (text, label) in enumerate(pairs):
            if n % folds != fold:
                seen[label].update(grams(text))
        share = Counter(label for n, (_, label) in enumerate(pairs) if n % folds != fold)
        kinds = len(set().union(*seen.values()))
        total = {label: sum(counts.values()) + kinds for label, counts in seen.items()}
        for text, label in pairs[fold::folds]:
            found = grams(text)
            scores = {k: math.log(share[k]) + sum(math.log((seen[k][g] + 1) / total[k]) for g in found) for k in sorted(seen)}
            right += max(scores, key=lambda k: scores[k]) == label
    return right / len(pairs)


@pytest.mark.parametrize(
    ("path", "text", "label", "classes", "least"),
    [
        ("support/tickets_2025_en.csv", "message", "category", 6, 400),
        ("support/問い合わせ一覧_2025.csv", "問い合わせ内容", "区分", 5, 300),
        ("quality/不適合台帳_2025.csv", "不具合内容", "不適合区分", 5, 100),
    ],
)
def test_clear_labels_are_clear(path, text, label, classes, least):
    rows = table(path)
    assert len(rows) >= least
    assert len({row[label] for row in rows}) == classes
    assert len({row[text] for row in rows}) > 0.9 * len(rows)
    assert held_out_accuracy([(row[text], row[label]) for row in rows]) > 0.97


def test_overlapping_labels_overlap():
    sheet = openpyxl.load_workbook(io.BytesIO((FOLDER / "support/inquiry_log_2025.xlsx").read_bytes())).worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    message, category = header.index("message"), header.index("category")
    pairs = [(str(row[message]), str(row[category])) for row in rows]
    labels = Counter(label for _, label in pairs)
    assert len(pairs) >= 300
    assert set(labels) == set(tickets_overlap.CATEGORIES)
    assert labels["Other 2"] > 40
    assert held_out_accuracy(pairs) < 0.5
    by_ending = defaultdict(set)
    for text, label in pairs:
        by_ending[text.split(". ")[-1]].add(label)
    assert all(len(found) == 5 for found in by_ending.values())


def test_the_travel_policies_contradict_each_other(texts):
    first, second, first_ja, second_ja = (re.sub(r"\s+", " ", texts[path]) for path in paths_of_in_order("contradicting_policies"))
    for text, domestic, abroad, approval in ((first, "2,200", "5,500", 5), (second, "2,800", "7,000", 10)):
        assert f"domestic trips is {domestic} yen and for trips abroad {abroad} yen" in text
        assert f"at least {approval} working days before departure" in text
    for text, domestic, abroad, approval in ((first_ja, "2,200", "5,500", 5), (second_ja, "2,800", "7,000", 10)):
        solid = text.replace(" ", "")
        assert f"国内出張については1日{domestic}円、海外出張については1日{abroad}円" in solid
        assert f"出発日の{approval}営業日前" in solid


def paths_of_in_order(plant: str) -> tuple[str, ...]:
    return next(found.paths for found in PLANTED if found.id == plant)


def likeness(left: str, right: str) -> float:
    a, b = set(grams(re.sub(r"\s+", "", left))), set(grams(re.sub(r"\s+", "", right)))
    return len(a & b) / len(a | b)


def test_contracts_are_near_duplicates_and_not_copies(texts):
    groups = [[texts[path] for path in PATHS if path.startswith(start)] for start in paths_of_in_order("near_duplicates")]
    assert [len(group) for group in groups] == [5, 4]
    for group in groups:
        for left, right in itertools.combinations(group, 2):
            words = [re.findall(r"[a-z]+|[^\sa-z]", text.lower()) for text in (left, right)]
            assert difflib.SequenceMatcher(None, *words, autojunk=False).ratio() > 0.85
            assert left != right


def test_nothing_else_is_a_near_duplicate(texts):
    sets = {path: set(grams(re.sub(r"\s+", "", text))) for path, text in texts.items()}
    families = (
        "legal/nda/",
        "legal/purchase_contracts/",
        "support/faq/",
        "general_affairs/travel/",
        "accounting/",
        "production/maintenance/保全記録",
    )
    alike = [
        (left, right)
        for left, right in itertools.combinations(sets, 2)
        if len(sets[left] & sets[right]) > 0.5 * len(sets[left] | sets[right])
        and not any(left.startswith(f) and right.startswith(f) for f in families)
    ]
    assert alike == []


def test_faq_minutes_and_procedures_have_their_parts(texts):
    for path in paths_of_in_order("faq"):
        for full in (path + ".html", path + ".md"):
            assert len(re.findall(r"Q\d+[:.]", texts[full])) >= 25
    minutes = paths_of("minutes", PATHS)
    assert len(minutes) >= 12
    for path in minutes:
        words = ("出席者", "議題", "決定事項", "宿題") if "議事録" in path else ("Attendees", "Agenda", "Decisions", "Action items")
        assert all(word in texts[path] for word in words), path
    procedures = paths_of("procedures", PATHS)
    assert len(procedures) >= 8
    for path in procedures:
        assert re.search(r"1\. .+[\s\S]+2\. .+[\s\S]+3\. ", texts[path]), path
        assert re.search(r"Caution|注意事項", texts[path]), path
        assert re.search(r"Revision history|改訂履歴", texts[path]), path


def test_invoices_add_up(texts):
    bills = paths_of("invoices", PATHS)
    assert len(bills) >= 15
    for path in bills:
        text = re.sub(r"\s+", "", texts[path])
        if "請求書_" in path:
            net, tax, gross = (
                int(re.search(word + r"([\d,]+)円", text)[1].replace(",", "")) for word in ("税抜合計", "消費税（10％）", "ご請求額（税込）")
            )
            amounts = re.findall(r"([\d,]+)\s+([\d,]+)\s+([\d,]+)(?=\s)", texts[path])
            assert net == sum(int(amount[2].replace(",", "")) for amount in amounts), path
            assert (tax, gross) == (net // 10, net + net // 10), path
        if path.endswith((".docx", ".pdf")) and "invoice_" in path:
            assert "Tax" in text
            assert re.search(r"TotalEUR[\d,]+\.00", text)


def test_registration_numbers_have_the_right_check_digit(texts):
    numbers = {number for text in texts.values() for number in re.findall(r"T(\d{13})", text)}
    assert len(numbers) >= 4
    for number in numbers:
        weighted = sum(int(digit) * (2 if n % 2 == 0 else 1) for n, digit in enumerate(number[1:]))
        assert int(number[0]) == 9 - weighted % 9


def luhn(number: str) -> bool:
    doubled = (int(digit) * (1 + n % 2) for n, digit in enumerate(reversed(number)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def test_personal_data_is_fictitious_and_valid(texts):
    form = texts["hr/個人番号届_見本.docx"]
    numbers = re.findall(r"マイナンバー (\d{12})", form)
    assert len(numbers) == 4
    for number in numbers:
        remainder = sum(int(digit) * weight for digit, weight in zip(number, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=False)) % 11
        assert int(number[-1]) == (0 if remainder <= 1 else 11 - remainder)
    cards = re.findall(r"\d{4} \d{4} \d{4} \d{4}", texts["accounting/card_payment_memo.txt"])
    assert len(cards) == 2
    assert all(luhn(card.replace(" ", "")) for card in cards)
    everything = "\n".join(text for path, text in texts.items() if path != "README.md")
    assert {address.rsplit("@", 1)[1] for address in re.findall(r"[\w.]+@[\w.]+\w", everything)} == {"example.com", "example.co.jp"}
    assert all(re.fullmatch(r"20 7946 0\d{3}", phone) for phone in re.findall(r"\+44 ([\d ]+\d)", everything))
    assert all(re.fullmatch(r"202 555 01\d\d", phone) for phone in re.findall(r"\+1 ([\d ]+\d)", everything))
    domestic = re.findall(r"(?<![\w-])0\d{1,2}-\d{4}-\d{4}", everything)
    assert len(domestic) > 10
    assert all(re.match(r"0\d{1,2}-0", phone) for phone in domestic)


def test_a_term_has_two_meanings(texts):
    manual, policy_text = texts["quality/quality_manual_release_policy.docx"], texts["it/information_security_policy.md"]
    assert "release means the written permission to ship a lot" in manual
    assert "a release is a new version of a business application" in re.sub(r"\s+", " ", policy_text)
    for path in ("production/procedures/手順書_C-402_出荷リリース.txt", "it/情報セキュリティ規程.docx"):
        assert "「リリース」" in texts[path]
    for folder in ("quality", "production", "it", "general_affairs"):
        assert sum("release" in text.lower() or "リリース" in text for path, text in texts.items() if path.startswith(folder + "/")) >= 2, folder


def test_old_encodings_are_old():
    for path in paths_of("encodings", PATHS):
        content = (FOLDER / path).read_bytes()
        if path.endswith(".eml"):
            assert b'charset="iso-2022-jp"' in content
            assert b"\x1b$B" in content
        elif path.endswith("en.csv"):
            assert content.startswith(b"\xef\xbb\xbf")
        else:
            with pytest.raises(UnicodeDecodeError):
                content.decode("utf-8")
            assert re.search(r"[぀-ヿ一-鿿]{4}", content.decode("cp932"))
    lines = (FOLDER / "support/survey_2025_en.jsonl").read_text(encoding="utf-8").splitlines()
    assert {tuple(json.loads(line)) for line in lines} == {("id", "quarter", "nps", "free_comment", "theme")}


def test_one_file_is_encrypted_and_one_is_broken():
    content = (FOLDER / "hr/salary_bands_confidential.pdf").read_bytes()
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(content)
    with pypdfium2.PdfDocument(content, password="aomine-2025") as document:
        assert "Salary bands" in document[0].get_textpage().get_text_range()
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(FOLDER / "legal/売買基本契約書_破損.docx")


@pytest.mark.parametrize("task", CUES)
def test_a_task_shows_by_two_signals_in_five_documents(texts, task):
    names, words = CUES[task]
    shown = 0
    for path, text in texts.items():
        first, _, body = text.strip().partition("\n")
        if any(name in f"{path} {first}".lower() for name in names) and any(word in (body + first).lower() for word in words):
            shown += 1
    assert shown >= (3 if task == "ticket_routing" else 5), shown  # its rows count by themselves
