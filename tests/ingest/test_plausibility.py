import pytest

from corpuskit.ingest.plausibility import CLEARLY_JAPANESE, half_width_score, japanese_score, level_1_kanji, western_score


def test_level_1_is_the_standard_s():
    assert len(level_1_kanji()) == 2965  # JIS X 0208:1997, rows 16 to 47
    assert {"亜", "腕", "請", "求"} <= level_1_kanji()
    assert not {"弌", "熙", "髙"} & level_1_kanji()


@pytest.mark.parametrize("text", ["社員は、出張の前に申請する。", "請求,支払", "データ①㈱", "ＡＢＣ（改）の件", "PC用の部品"])
def test_japanese_is_clear_and_its_misreadings_are_not(text):
    assert japanese_score(text) > CLEARLY_JAPANESE
    for wrong in (text.encode().decode("cp932", "ignore"), text.encode("cp932").decode("latin-1"), text.encode("euc_jp", "ignore").decode("latin-1")):
        assert japanese_score(wrong) < CLEARLY_JAPANESE
        assert western_score(wrong) < 0.4


@pytest.mark.parametrize("text", ["It’s “fine” – really…", "café, naïve, Größe", "100 € ± 5 %", "§ 12 «ici»"])
def test_western_is_clear_and_its_misreadings_are_not(text):
    assert western_score(text) > 0.5
    assert japanese_score(text.encode("cp1252").decode("cp932", "ignore")) < 0.3


def test_quotes_have_sides():
    assert western_score("“word”") > 0.7
    assert western_score("2”N") < 0  # 2年 in Shift_JIS


def test_half_width_kana_have_an_order():
    assert half_width_score("ﾃﾞｰﾀ") > 0
    assert half_width_score("ﾞﾟｧｨ") < 0


def test_nothing_scores_nothing():
    assert japanese_score("") == western_score("") == japanese_score("ascii") == western_score("ascii") == 0.0
