"""The Japanese ticket export: five classes that a reader of the message tells apart."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.sample_data.company import CUSTOMERS_JA, PRODUCTS

HEADER = ("受付番号", "受付日", "受付方法", "顧客名", "問い合わせ内容", "区分", "担当部署")
DEPARTMENTS = {"納期": "営業管理課", "製品不具合": "サービス技術課", "請求・支払": "経理課", "部品・見積": "部品販売課", "証明書・書類": "品質保証課"}
OPENINGS: dict[str, tuple[str, ...]] = {
    "納期": (
        "注文番号{order}の{kind}{n}台について、{day}納入予定でしたがまだ届いておりません。",
        "{code}の出荷予定日を教えてください。現場の据付工事が{day}から始まります。",
        "先月発注した{kind}の納期を{m}日ほど前倒しできないでしょうか。",
        "運送会社の追跡画面では{order}が{day}から動いていないようです。",
        "分納でお願いした{order}の残り{m}台はいつ頃の発送になりますか。",
        "納期回答では{day}着とのことでしたが、倉庫に確認したところ未着でした。",
        "工程の都合で{code}の納入を{day}以降に遅らせていただきたいです。",
    ),
    "製品不具合": (
        "{code}の軸封部から液漏れが発生しています。使用時間はおよそ{n}時間です。",
        "昨晩から{kind}の運転音が大きくなり、ケーシングが熱を持っています。",
        "製造番号{serial}の電磁コイルが焼けたようで、通電しても切り替わりません。",
        "{code}の吐出圧が{m}割ほど低下し、ストレーナを清掃しても改善しません。",
        "弁棒が固着して{kind}が全閉になりません。手動ハンドルでも回らない状態です。",
        "表示器にエラーE{m}が出て、{code}が起動直後に停止します。",
        "振動値が基準を超えたため{kind}（{serial}）を停止しました。原因を調べていただきたいです。",
    ),
    "請求・支払": (
        "{day}付の請求書{invoice}の金額が、見積書より{m}千円多くなっています。",
        "請求書{invoice}の宛名を新しい社名に直して再発行をお願いします。",
        "{invoice}の代金は{day}に振り込みましたが、督促状が届きました。",
        "適格請求書の登録番号が{invoice}に記載されていないようです。",
        "支払サイトを月末締め翌々月払いに変更していただくことは可能でしょうか。",
        "返品した{m}台分の値引きが{invoice}に反映されていません。",
        "振込先の口座が前回の案内と異なるため、正しい口座をご教示ください。",
    ),
    "部品・見積": (
        "{code}の補修用シールキット{m}組の見積書をお願いいたします。",
        "{year}年製の{kind}に適合するガスケットの品番を知りたいです。",
        "予備品として{code}のダイヤフラムを{m}枚購入したいのですが、単価はいくらでしょうか。",
        "廃番になったばねの代替品はありますか。機種は{code}です。",
        "羽根車だけの販売は可能ですか。{kind}一式ではなく部品で手配したいと考えています。",
        "Oリングの最小発注数量と価格表をいただけますか。材質はFKMを希望します。",
        "定期点検に合わせて消耗部品一式を{m}台分そろえたいので、概算をご提示ください。",
    ),
    "証明書・書類": (
        "{serial}の材料証明書（ミルシート）を送付してください。",
        "{day}に納入された{kind}{m}台の耐圧試験成績書が同梱されていませんでした。",
        "輸出手続きのため、{code}の該非判定書を{day}までに必要としています。",
        "食品衛生法への適合を示す証明書を発行していただけますか。対象は{code}です。",
        "流量校正の証明書の有効期限が切れたため、新しいものを希望します。",
        "RoHS指令の不使用証明書を{kind}について提出してください。",
        "監査で使うので、{serial}の検査成績書の写しに押印をお願いします。",
    ),
}  # fmt: skip
MIDDLES = (
    "", "お電話でも一度お伝えしています。", "当社の管理番号は{ref}です。", "写真は別途お送りできます。", "", "今期に入って二度目になります。",
    "{site}工場の案件です。", "設備担当の者も同じ内容を気にしております。",
)  # fmt: skip
CLOSINGS = (
    "お手数ですがご確認をお願いいたします。", "折り返しのご連絡をお待ちしております。", "{day}までにご回答いただけますと助かります。",
    "何卒よろしくお願い申し上げます。", "至急ご対応ください。", "",
)  # fmt: skip
SITES = ("本社", "東", "西浜", "白樺台", "緑野", "港南台", "高原")


def slots(chance: Random) -> dict[str, object]:
    code, _, kind = chance.choice(PRODUCTS)
    day = date(2025, 4, 1) + timedelta(days=chance.randrange(360))
    return {
        "code": code, "kind": kind, "n": chance.randrange(12, 900), "m": chance.randrange(2, 10), "day": f"{day.month}月{day.day}日",
        "year": chance.randrange(2015, 2025), "site": chance.choice(SITES), "order": f"J{chance.randrange(300000, 399999)}",
        "invoice": f"S-{chance.randrange(1000, 9999)}", "serial": f"{code[:2]}{chance.randrange(100000, 999999)}",
        "ref": f"{chance.choice('ABDGK')}-{chance.randrange(100, 999)}",
    }  # fmt: skip


def rows(seed: int = 12, count: int = 336) -> list[tuple[str, ...]]:
    chance = Random(seed)
    made: list[tuple[str, ...]] = []
    for number in range(count):
        category = chance.choices(list(OPENINGS), (8, 9, 6, 7, 5))[0]
        values = slots(chance)
        first, second = chance.sample(OPENINGS[category], 2)
        parts = [first, chance.choice(MIDDLES), second if chance.random() < 0.3 else "", chance.choice(CLOSINGS)]
        message = "".join(part.format(**values) for part in parts)
        received = date(2025, 4, 1) + timedelta(days=number * 350 // count)
        channel = chance.choice(("メール", "電話", "ウェブ"))
        made.append((f"J-{number + 20001}", received.isoformat(), channel, chance.choice(CUSTOMERS_JA), message, category, DEPARTMENTS[category]))
    return made
