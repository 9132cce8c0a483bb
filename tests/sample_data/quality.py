"""Nonconformity reports, failure analyses (8D, 過去トラ), complaint forms and near-miss reports."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

NCR_EN = """
# Nonconformity report NCR-{number}
Date: {day};;Product: {product};;Lot: {lot};;Defect code: {code};;Found at: {place};;Reported by: {who}
## Description of the defect
{description}
## Containment
{containment}
## Cause
{cause}
## Disposition
{disposition}
"""
NCRS_EN = {
    "NCR_2025-031": {
        "number": "2025-031",
        "day": "14 April 2025",
        "product": "AV-200 DN50",
        "lot": "L25-0418",
        "code": "D12 porosity",
        "place": "final inspection",
        "who": "Lena Vogel",
        "description": "Seven of forty bodies wept through the wall during the pressure test, all of them on the side of the casting gate. The drops "
        "appeared only after thirty seconds, so a shorter test would have passed them.",
        "containment": "The rest of the lot and two earlier lots from the same melt were set aside in the red area. Nothing had been shipped.",
        "cause": "The foundry poured at a temperature forty degrees too low because the pyrometer had not been replaced after a fall.",
        "disposition": "Scrap the seven bodies; test the remaining ones for five minutes. The cost of 310,000 yen is charged to the foundry.",
    },
    "NCR_2025-044": {
        "number": "2025-044",
        "day": "28 May 2025",
        "product": "MK-4",
        "lot": "L25-0522",
        "code": "D31 wrong part",
        "place": "customer, Verrano",
        "who": "Marco Bellandi",
        "description": "Check valves with a 0.4 mm spring were fitted instead of 0.6 mm. The pumps dose up to nine percent too little at high speed.",
        "containment": "Shipping was stopped on the same day. Customers with serial numbers MK410200 to MK410950 received a notice.",
        "cause": "Both springs lie in boxes of the same colour, and the label of the supplier shows the part number in letters two millimetres high.",
        "disposition": "Exchange kits are sent free of charge. Boxes get coloured lids, and the springs are weighed at the work place.",
    },
    "NCR_2025-058": {
        "number": "2025-058",
        "day": "8 July 2025",
        "product": "CT-8",
        "lot": "L25-0701",
        "code": "D40 electrical",
        "place": "calibration bench",
        "who": "Jonas Lindqvist",
        "description": "Three controllers jump by five percent when the cable is moved. The connector X3 is soldered on two pins only.",
        "containment": "All 120 units in stock were shaken and measured; four more showed the same nonconformity.",
        "cause": "The stencil for the solder paste was blocked after the break and the first boards of the shift were not looked at under "
        "the microscope.",
        "disposition": "Rework by hand, new calibration. The first board after each break is now inspected and signed.",
    },
}
NCR_JA = """
# 不適合報告書 {number}
発行日：{day};;製品：{product};;ロット番号：{lot};;原因区分：{code};;発見工程：{place};;起票者：{who}
## 不具合の内容
{description}
## 暫定処置
{containment}
## 原因
{cause}
## 処置の決定
{disposition}
"""
NCRS_JA = {
    "不適合報告書_F25-018": {
        "number": "F25-018",
        "day": "2025年4月22日",
        "product": "GX-35",
        "lot": "L25-0409",
        "code": "加工",
        "place": "出荷検査",
        "who": "新堂 直人",
        "description": "運転試験中の8台で軸封部から油がにじんだ。分解するとリップに長さ2ミリの切り傷があった。",
        "containment": "同じ日に組み立てた35台を赤札で区分し、出荷リリースを取り消した。",
        "cause": "段付部の面取り工具が摩耗し、高さ0.08ミリのバリが残っていた。図面の許容値は0.03ミリである。",
        "disposition": "軸を手直しして再組立する。工具の交換周期を500本から300本に改める。",
    },
    "不適合報告書_F25-023": {
        "number": "F25-023",
        "day": "2025年6月5日",
        "product": "RC-12",
        "lot": "L25-0530",
        "code": "設計",
        "place": "顧客（白樺台製紙）",
        "who": "佐和田 恵",
        "description": "設定圧0.9メガパスカルに対し、0.82メガパスカルで吹き始めるとの申し出があった。返却品3台すべてで再現した。",
        "containment": "同仕様の在庫12台の出荷を止め、納入済みの客先に点検を依頼した。",
        "cause": "ばねの使用温度が80度を超え、へたりが生じた。選定表が常温の値しか示していなかった。",
        "disposition": "耐熱ばねに交換し、選定表に温度の欄を追加する。",
    },
    "不適合報告書_F25-036": {
        "number": "F25-036",
        "day": "2025年9月2日",
        "product": "SP-7",
        "lot": "L25-0820",
        "code": "購入品",
        "place": "受入検査",
        "who": "滝本 彩香",
        "description": "コイル200個のうち14個で抵抗値が規格を下回った。外観には差がない。",
        "containment": "全数を測定し、規格外のものを仕入先へ返却した。生産は在庫のコイルで継続した。",
        "cause": "仕入先が線材の巻数を数える装置を更新した際、補正値を入れ忘れた。",
        "disposition": "仕入先に是正報告を求め、3か月間は抜取数を2倍とする。",
    },
}

EIGHT_D = """
# 8D report {number}: {title}
Lessons learned entry for the past-trouble library.
## D1 Team and D2 Problem
{problem}
## D3 Containment
{containment}
## D4 Root cause
{root}
## D5 to D7 Corrective and preventive action
{action}
## D8 Lessons learned
{lesson}
"""
EIGHT_DS = {
    "8D_0107_seal_leakage": {
        "number": "0107",
        "title": "leaking shaft seals on GX-35",
        "problem": "Team: Marco, Lena, two fitters. Five customers reported oil under the pump within the first 200 hours.",
        "containment": "Stock was checked by touch; 61 shafts were deburred again.",
        "root": "Root cause: the chamfer tool was changed by count, but the counter was reset whenever the machine was switched off.",
        "action": "The counter now sits in the control and survives a restart. The drawing shows the burr limit in the title block.",
        "lesson": "A limit that nobody can measure at the machine is no limit. Give the operator a gauge or a touch sample.",
    },
    "8D_0112_wrong_spring": {
        "number": "0112",
        "title": "wrong check valve spring in MK-4",
        "problem": "Team: Priya, Jonas, warehouse. The dose was nine percent low at four plants; one of them noticed by chlorine measurement.",
        "containment": "Exchange kits for 750 pumps, hotline with prepared answers.",
        "root": "Root cause: two springs that differ by 0.2 mm share colour, box and shelf.",
        "action": "Coloured lids, scale at the bench, and a camera that reads the code on the box before the bin opens.",
        "lesson": "Parts that look alike need a difference that can be seen from one metre.",
    },
    "8D_0119_crate_collapse": {
        "number": "0119",
        "title": "collapsed crates in Northport",
        "problem": "Team: Tom, Emma, the forwarder. Two crates with DF-90 pumps broke in the hold; eleven pumps were bent.",
        "containment": "Shipments of the following three weeks went by air at our cost.",
        "root": "Root cause: boards were nailed along the grain to save time, which halves the strength against racking.",
        "action": "A corner bracket is fitted, and a drop test is done with each new crate supplier.",
        "lesson": "Save time on paper, not on the joint that carries the load.",
    },
}
PAST_TROUBLE = """
# 過去トラ事例 {number}：{title}
## 現象
{problem}
## なぜなぜ分析
{why}
## 再発防止
{action}
## 教訓
{lesson}
"""
PAST_TROUBLES = {
    "過去トラ_K-031_弁棒固着": {
        "number": "K-031",
        "title": "ボールバルブの弁棒固着",
        "problem": "製紙工程で使うAV-200が半年で動かなくなった。不具合事例として同じ客先から4件の報告があった。",
        "why": "なぜ固着したか。パッキンに繊維が入り込んだ。なぜ入ったか。上向きに取り付けられていた。なぜ上向きか。"
        "取付説明書に向きの指定がなかった。",
        "action": "説明書と銘板に取付方向の矢印を加えた。繊維を含む液には二重パッキンを標準とした。",
        "lesson": "使われ方を聞かずに標準品を薦めない。",
    },
    "過去トラ_K-044_校正ずれ": {
        "number": "K-044",
        "title": "流量コントローラの校正ずれ",
        "problem": "納入直後のCT-8で表示と実流量が3％違っていた。",
        "why": "なぜずれたか。校正時の水温が8度であった。なぜ低かったか。暖機をせずに始業直後に測った。なぜ暖機しなかったか。"
        "作業標準に時間が書かれていなかった。",
        "action": "暖機40分を作業標準に明記し、水温を成績書に記録する。",
        "lesson": "「十分に」「適宜」という言葉を手順から取り除く。",
    },
    "過去トラ_K-052_異材混入": {
        "number": "K-052",
        "title": "異材の混入",
        "problem": "SCS14の指定に対してSCS13の本体が2個混ざっていた。磁石では区別できず、客先の成分分析で見つかった。",
        "why": "なぜ混ざったか。端材置場が同じ棚であった。なぜ気付かないか。溶解番号の刻印が加工で消える位置にあった。",
        "action": "刻印の位置を加工しない面に移し、蛍光エックス線の分析計を受入検査に導入した。",
        "lesson": "再発防止は、人の注意ではなく、消えない印と測れる道具で行う。",
    },
}

COMPLAINTS_EN = {
    "complaint_form_0412": """
# Customer complaint form 0412
Customer: Tarn Valley Brewing;;Contact: Ms H. Aldous, h.aldous@example.com, +44 20 7946 0112;;Received: 16 May 2025 by telephone
The customer is angry because the second replacement pump also leaks. The brewery lost a batch worth 8,400 pounds and asks for a refund of the
pump and compensation for the beer. She mentioned that her lawyer has been informed. Escalate to the head of service today.
First judgement: serious. Liability insurance to be informed.
""",
    "complaint_form_0427": """
# Customer complaint form 0427
Customer: Ostmark Coatings;;Contact: Mr F. Dressler, f.dressler@example.com;;Received: 3 July 2025 by e-mail
The metering pump arrived with a scratched cover. It works, but the customer finds the finish unworthy of the price and would accept a new cover
or a discount of three percent. He was polite and mentioned that the packing was torn. First judgement: minor complaint, no refund needed.
""",
    "complaint_form_0433": """
# Customer complaint form 0433
Customer: Brackwater Utilities;;Contact: Ms R. Pell, +1 202 555 0143;;Received: 21 July 2025 by web form
An operator was splashed with hypochlorite when a union on the MK-4 came loose. Eyes were rinsed, no lasting injury. The customer has stopped all
six pumps and wants an engineer on site within two days. Escalate: safety. A refund has not been requested so far.
""",
}
COMPLAINTS_JA = {
    "クレーム受付票_0508": """
# クレーム受付票 0508
受付日：2025年5月8日;;お客様：株式会社ミナモ食品　設備課　小笠原様　電話 03-0000-0187;;受付者：早乙女 亮
サニタリーポンプから黒い粉が出て、製品1,200本を廃棄したとの苦情をいただいた。お客様はたいへんお怒りで、廃棄費用の負担と本日中の訪問を求めておられる。
電話口でお詫びし、営業と品質保証課が16時に伺うことをお伝えした。一次判定：重大（食品への異物）。
""",
    "クレーム受付票_0521": """
# クレーム受付票 0521
受付日：2025年6月17日;;お客様：有限会社トキワ機工　山路様;;受付者：滝本 彩香
請求書の宛名が旧社名のままで、経理から何度も差し戻されているとの苦情。返金の要求はないが、三度目であることを強く指摘された。お詫びのうえ再発行する。
一次判定：軽微。得意先台帳の更新漏れが原因と思われる。
""",
    "クレーム受付票_0533": """
# クレーム受付票 0533
受付日：2025年8月4日;;お客様：瑞穂野水処理株式会社　浄水場　伊佐様;;受付者：早乙女 亮
夜間に緊急遮断弁が閉じず、担当者が手動で閉めた。人身への影響はないが、監督官庁への報告が必要になるとのこと。
クレームとして至急の原因調査と文書での回答を求められた。
一次判定：重大（公共設備）。返金の話は出ていない。
""",
}

NEAR_MISS_EN = {
    "near_miss_report_25-07": "# Near miss report 25-07\nHall 2, 9 July 2025, 14:20. A fork-lift came round the corner while a visitor "
    "stepped over the line to read a "
    "poster. The driver braked and the pallet slid off the forks. No injury. Hazard: blind corner, poster hung in the traffic lane. "
    "Proposed: mirror, move the poster.",
    "near_miss_report_25-11": "# Near miss report 25-11\nTest bay, 22 August 2025, 09:05. A blanking plug shot out at 40 bar because "
    "the clamp had not been closed after "
    "lunch. It hit the shield. Nobody was there. Hazard: stored pressure. Possible injury: severe. Proposed: a switch that stops the pump while a "
    "clamp is open.",
}
NEAR_MISS_JA = {
    "ヒヤリハット報告_25-06": "# ヒヤリハット報告書 25-06\n発生：2025年6月12日 10時30分　場所：鋳造品置場\n\n天井クレーンで本体を移動中、"
    "玉掛けワイヤの片方が外れかけて荷が傾いた。"
    "近くに人はいなかった。危険源：つり荷の重心のずれ。労災には至っていない。対策案：専用のつり具を作る。",
    "ヒヤリハット報告_25-09": "# ヒヤリハット報告書 25-09\n発生：2025年7月28日 "
    "15時　場所：塗装室\n\n換気扇が止まっているのに気付かず10分ほど塗装を続け、頭痛がした。"
    "室外に出て休むと治まった。危険源：有機溶剤。対策案：換気扇と塗装機を連動させる。",
    "ヒヤリハット報告_25-14": "# ヒヤリハット報告書 25-14\n発生：2025年10月3日 "
    "8時10分　場所：第二倉庫\n\n棚の3段目から軸受の箱を取ろうとして脚立がぐらついた。床に切りくずが"
    "散っていた。危険源：転落。対策案：脚立の点検と始業前の清掃。",
    "災害速報_25-02": "# 災害速報 25-02（労災）\n発生：2025年11月6日 "
    "11時　場所：加工2号機\n\n切りくずを手で払おうとして右手の人差し指を切った。3針を縫合し、休業はない。手袋は着けていたが"
    "指先が破れていた。危険源：鋭い切りくず。ヒヤリハット報告で同じ場所の指摘が2件あった。",
}

DEFECTS = {
    "軸封漏れ": ("軸封部から油がにじむ", "リップに傷があり液が垂れる", "シール溝に異物をかみ込んで漏れた"),
    "寸法不良": ("軸径が公差を超えている", "フランジの穴位置が0.3ミリずれた", "ねじの有効深さが足りない"),
    "外観不良": ("本体に打痕がある", "塗装にたれがある", "銘板が傾いて貼られている"),
    "電気不良": ("コイルの抵抗値が低い", "端子の半田が付いていない", "電源を入れても表示が出ない"),
    "異品混入": ("指定と異なるばねが入っていた", "別機種のパッキンが同梱された", "材質の違う本体が混ざっていた"),
}
FINDINGS = (
    "{place}で{who}が見つけた。",
    "{n}台中{m}台で確認した。",
    "前回と同じ{place}の品である。",
    "客先からの返却品で再現した。",
    "抜取を増やして調べた。",
)


def defect_rows(seed: int = 16, count: int = 140) -> list[tuple[str, ...]]:
    """Rows of the nonconformity register: the cause class is clear from the description."""
    chance = Random(seed)
    rows: list[tuple[str, ...]] = [("管理番号", "発生日", "製品", "不具合内容", "不適合区分")]
    for number in range(count):
        kind = chance.choice(list(DEFECTS))
        details = "".join(chance.sample(FINDINGS, 2)).format(
            place=chance.choice(("出荷検査", "受入検査", "組立", "試験場")),
            who=chance.choice(("検査員", "組立者", "班長", "倉庫係")),
            n=chance.randrange(20, 90),
            m=chance.randrange(1, 9),
        )
        day = date(2025, 4, 2) + timedelta(days=2 * number)
        product = chance.choice(("AV-200", "GX-35", "RC-12", "SP-7", "MK-4"))
        rows.append((f"F25-{number + 1:03d}", day.isoformat(), product, chance.choice(DEFECTS[kind]) + "。" + details, kind))
    return rows


def ncrs() -> dict[str, str]:
    return {name: NCR_EN.format(**values) for name, values in NCRS_EN.items()} | {name: NCR_JA.format(**values) for name, values in NCRS_JA.items()}


def past_troubles() -> dict[str, str]:
    found = {name: EIGHT_D.format(**values) for name, values in EIGHT_DS.items()}
    return found | {name: PAST_TROUBLE.format(**values) for name, values in PAST_TROUBLES.items()}
