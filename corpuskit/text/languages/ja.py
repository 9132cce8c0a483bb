"""Japanese. Forms are Sudachi's normalised ones: する is 為る, こと may be こと or 事."""

from __future__ import annotations

from corpuskit.text.languages.language import Language

_PARTICLES = """
の に は を が と で て も から まで より へ や か ば つつ ながら し ので のに けれど ね よ わ さ ぞ ぜ こそ さえ しか だけ ばかり ほど
くらい など なり やら ずつ って にて とも たり な つ なんて なぞ すら のみ
"""
_AUXILIARIES = """
だ です ます た ない ぬ ず り れる られる せる させる たい らしい よう そう みたい べし まい う じゃ ちゃう き ごとし 無い 様
"""
_LIGHT_VERBS = """
する 為る いる 居る ある 有る 或る なる 成る できる 出来る おる くる 来る いく 行く いただく 頂く くださる 下さる くれる 呉れる もらう 貰う しまう
仕舞う おく 置く みる 見る いう 言う ござる 御座る つく よる 因る 依る おける
"""
_FORMAL_NOUNS = """
こと 事 もの 物 ところ 所 ため 為 とき 時 うち はず 筈 わけ 訳 まま 侭 ほう 方 等 的
"""
_POINTING_WORDS = """
これ 此れ それ 其れ あれ 彼れ どれ ここ 此処 そこ 其処 あそこ 彼処 どこ 何処 この 此の その 其の あの 彼の どの こう そう ああ どう こんな そんな
あんな どんな 何 誰 いつ いずれ 私 我々 あなた 貴方 彼 彼女
"""
_CONNECTIVES = """
又 及び 並びに 且つ 然し 但し なお 猶 尚 そして 更に 詰まり 即ち 例えば 従う 若し 若しくは 或いは もう 未だ 迚も
"""
_AFFIXES = "御 お ご さん"

JAPANESE = Language(
    name="ja",
    names={"en": "Japanese", "ja": "日本語"},
    tokenizer="sudachi",
    stop_words=frozenset(" ".join((_PARTICLES, _AUXILIARIES, _LIGHT_VERBS, _FORMAL_NOUNS, _POINTING_WORDS, _CONNECTIVES, _AFFIXES)).split()),
)
