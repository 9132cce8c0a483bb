"""Frequently asked questions in English and Japanese, and the anticipated questions about the price increase."""

from __future__ import annotations

QUESTIONS = (
    (
        "How do I find the serial number of my valve?",
        "It is engraved on the flange, beside the arrow for the flow direction. On pumps built before 2018 it is on the motor plate.",
    ),
    ("How long is the warranty?", "Twenty-four months from delivery. Wear parts such as seals and diaphragms are covered for six months."),
    ("Which liquids may the DF-90 carry?", "Water, slurries and mild acids with particles up to 4 mm. Fuel and solvents are not allowed."),
    ("Can the AV-200 be used for steam?", "Only in the version with graphite packing, marked S after the type number, and up to 180 degrees."),
    ("Do you sell to private persons?", "No. Please ask one of the dealers on our contact page."),
    (
        "How do I return a defective part?",
        "Ask the service desk for a return number, clean the part and attach the decontamination form outside the box.",
    ),
    ("What is the minimum order?", "There is none for spare parts. Complete pumps are sold from one piece, valves from five."),
    (
        "How do I reset the CT-8?",
        "Hold both arrow keys for eight seconds with the supply connected. The factory values are listed in chapter 6 of the manual.",
    ),
    (
        "Where can I download drawings?",
        "In the customer portal under Documents. Three-dimensional models are available after you have accepted the terms of use.",
    ),
    ("Which spare parts should I keep in stock?", "For each pump type one seal kit and one set of bearings; for more than ten pumps also one shaft."),
    (
        "How do I change the delivery address of an order?",
        "Write to order management until three working days before dispatch. Later changes cost the fee of the carrier.",
    ),
    ("Is a certificate included?", "A works certificate is free of charge. Certificates by an outside inspector are offered separately."),
    (
        "Why is my pump loud?",
        "Most often the suction line is too narrow or the filter is blocked. Measure the vacuum at the inlet; it should stay above minus 0.3 bar.",
    ),
    ("Can I paint the valve myself?", "Yes, but keep the stem, the nameplate and the vent free of paint."),
    ("What does error E4 mean?", "The controller has lost the signal of the sensor. Check plug X3 and the cable for breaks."),
    ("How do I pay?", "By bank transfer within the period shown on the invoice. Credit cards are accepted in the spare parts shop only."),
    ("Do you offer training?", "Yes, twice a year in Midorino and on request at your site, in English or Japanese."),
    ("How often must a relief valve be tested?", "At least once a year, or earlier if local rules demand it. We offer an exchange service."),
    (
        "May I open the pump during the warranty period?",
        "Filter and check valves may be cleaned. Opening the gear case ends the warranty unless the service desk agreed beforehand.",
    ),
    ("Who advises me on the choice of material?", "Our application engineers. Please name the liquid, its concentration and temperature."),
    ("What happens to old pumps?", "We take them back free of charge if they are clean, and recycle the metal."),
    ("Can the solenoid valve SP-7 work outdoors?", "With the cover kit, yes, between minus 10 and plus 50 degrees."),
    (
        "How do I register in the portal?",
        "Use the invitation in your order confirmation. It is valid for fourteen days and can be renewed by the IT service desk.",
    ),
    ("Do prices include transport?", "Within Japan from 50,000 yen. Export prices follow the agreed Incoterm."),
    ("How do I cancel an order?", "Standard goods can be cancelled until dispatch. For goods made to your drawing we charge the work done so far."),
    ("Is the MK-4 suitable for drinking water?", "The stainless version with EPDM seals is approved; the certificate is in the portal."),
)
QUESTIONS_JA = (
    ("製造番号はどこに書いてありますか。", "フランジの流れ方向を示す矢印の横に刻印しています。2018年より前のポンプはモーターの銘板をご覧ください。"),
    ("保証期間はどのくらいですか。", "納入日から24か月です。シールやダイヤフラムなどの消耗品は6か月とさせていただきます。"),
    ("DF-90で送れる液体を教えてください。", "水、スラリー、弱い酸に対応します。粒の大きさは4ミリまでです。燃料や溶剤には使用できません。"),
    ("AV-200は蒸気に使えますか。", "型式の末尾にSが付く黒鉛パッキン仕様に限り、180度まで使用できます。"),
    ("個人でも購入できますか。", "恐れ入りますが、個人のお客様への直接販売は行っておりません。販売店をご案内いたします。"),
    ("不良品の返品方法を教えてください。", "サービス技術課で返品番号をお受け取りのうえ、洗浄済み証明書を箱の外側に貼って発送してください。"),
    ("最低注文数はありますか。", "部品にはございません。ポンプは1台、バルブは5台から承ります。"),
    (
        "CT-8を初期状態に戻すにはどうすればよいですか。",
        "電源を入れたまま上下の矢印キーを8秒間押し続けてください。工場出荷時の値は説明書の第6章にあります。",
    ),
    ("図面はどこから入手できますか。", "お客様ポータルの「資料」から取得できます。三次元データは利用条件への同意後に公開されます。"),
    ("予備品は何を持っておくべきですか。", "機種ごとにシールキット1組と軸受1組をお勧めします。10台以上お使いの場合は軸も1本ご用意ください。"),
    ("届け先を変更したいのですが。", "出荷の3営業日前までに営業管理課へご連絡ください。それ以降は運送会社の手数料を申し受けます。"),
    ("検査成績書は付いていますか。", "社内の検査成績書は無料で添付します。第三者検査の証明書は別途お見積りいたします。"),
    ("ポンプの音が大きいのはなぜですか。", "吸込配管が細い、またはストレーナが詰まっていることが多いです。入口の真空度をお測りください。"),
    ("自社で塗装してもよいですか。", "差し支えありませんが、弁棒、銘板、空気抜き穴には塗料が付かないようにしてください。"),
    ("E4の表示は何を意味しますか。", "センサーの信号が途切れています。X3のコネクターとケーブルの断線をお調べください。"),
    ("支払方法を教えてください。", "請求書に記載の期限までに銀行振込でお願いします。部品ショップではカードもご利用いただけます。"),
    ("講習会はありますか。", "年2回、緑野工場で開催しています。ご希望により出張講習も行います。"),
    ("リリーフ弁の点検周期はどのくらいですか。", "少なくとも年1回をお勧めします。法令でより短い周期が定められている場合はそれに従ってください。"),
    ("保証期間中に分解してもよいですか。", "ストレーナと逆止弁の清掃は可能です。ギヤケースを開ける場合は事前にご相談ください。"),
    ("材質の選び方が分かりません。", "液体の名称、濃度、温度をお知らせいただければ、技術担当がお答えします。"),
    ("古いポンプを引き取ってもらえますか。", "洗浄済みであれば無料で引き取り、金属を再利用いたします。"),
    ("SP-7は屋外で使えますか。", "カバーキットを取り付ければ、氷点下10度から50度まで使用できます。"),
    ("ポータルの登録方法を教えてください。", "注文請書に記載の招待番号をご入力ください。有効期間は14日間です。"),
    ("価格に送料は含まれますか。", "国内は5万円以上で無料です。輸出の場合は取り決めた貿易条件によります。"),
    ("注文を取り消せますか。", "標準品は出荷前であれば可能です。特注品は進み具合に応じた費用をご負担いただきます。"),
    ("MK-4は飲料水に使えますか。", "EPDMシールのステンレス仕様が適合しています。証明書はポータルに掲載しています。"),
)

TALKING_POINTS = """
# 想定問答：2025年10月の価格改定
営業企画　社外秘　質疑の順に用いる。
## Q&A
- 問1　なぜこの時期に改定するのか。　答弁　鋼材の指数が2年間で18％上がり、社内の合理化で吸収できる範囲を超えたためです。
- 問2　標準品と部品で率が違うのはなぜか。　答弁　部品は小口の梱包と在庫の費用が大きく、率を分けました。
- 問3　すでに発注した分はどうなるか。　答弁　9月30日までに受け付けた注文には現行価格を適用します。
- 問4　競合は据え置いていると聞いている。　答弁　他社の方針については申し上げられませんが、納期と保守を含めてご比較ください。
- 問5　値下がりしたときは戻すのか。　答弁　指数が1年以上10％を超えて下がった場合に見直します。
"""

TALKING_POINTS_EN = """
# Anticipated questions: recall of MK-4 check valves
Talking points for the hotline, 2 October 2025. Do not go beyond these answers; refer doubtful cases to Quality.
- Which pumps are concerned? Serial numbers MK410200 to MK410950, delivered between May and July 2025.
- Is there a danger? The pump may deliver up to nine percent too little. No injury has been reported.
- What does the customer do? Stop dosing of chemicals for drinking water and order the free exchange kit.
- Who pays for the work? We reimburse one hour for each pump on presentation of the serial number.
- When does the kit arrive? Within five working days in Japan and ten days abroad.
"""


def faq(language: str, first: int = 0, last: int = 26) -> str:
    if language == "en":
        items = "\n\n".join(f"## Q{n}: {question}\nA: {answer}" for n, (question, answer) in enumerate(QUESTIONS[first:last], start=first + 1))
        return f"# FAQ: frequently asked questions about valves and pumps\nIf your question is not listed, write to service@example.com.\n\n{items}\n"
    items = "\n\n".join(f"## Q{n}. {question}\nA. {answer}" for n, (question, answer) in enumerate(QUESTIONS_JA[first:last], start=first + 1))
    return (
        f"# よくある質問（Q&A）\n掲載のないお問い合わせは service@example.co.jp までお寄せください。ご回答には1営業日ほどいただきます。\n\n{items}\n"
    )
