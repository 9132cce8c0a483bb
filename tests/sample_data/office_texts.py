"""General affairs and IT: notices, glossary and bilingual pairs, style guide, runbooks, logs, records register, questionnaires."""

from __future__ import annotations

NOTICES = {
    "お知らせ_夏季休業": """
# 夏季休業のお知らせ
お取引先各位　2025年7月1日
拝啓　盛夏の候、ますますご清栄のこととお喜び申し上げます。平素は格別のお引立てを賜り、厚く御礼申し上げます。
さて、弊社では8月9日から17日までを夏季休業とさせていただきます。期間中の緊急のご連絡は、保守契約をお持ちのお客様に限り夜間窓口で承ります。
敬具
""",
    "お知らせ_年末年始": """
# 年末年始の休業および出荷停止のお知らせ
お取引先各位　2025年11月25日
拝啓　向寒の候、皆様にはいよいよご健勝のこととお喜び申し上げます。
年末の出荷は12月26日の午前便を最終とし、年始は1月6日より再開いたします。お早めのご手配をお願い申し上げます。
敬具
""",
    "お知らせ_社内停電": """
# 定期点検に伴う停電のお知らせ
従業員各位　総務部　2025年10月6日
10月18日（土）8時から15時まで、本社棟と第一工場を停電します。前日の退社時には、端末と測定器の電源を必ず切ってください。
冷蔵庫の中身は各自で持ち帰り、サーバ室への立入りは情報システム部の指示に従ってください。
""",
    "ご挨拶_工場長就任": """
# 工場長就任のご挨拶
お取引先各位　2025年4月1日
拝啓　陽春の候、ますますご隆昌のこととお慶び申し上げます。
このたび緑野工場長を拝命いたしました長峰でございます。現場に入って30年、油のにおいで機械の機嫌が分かると申しては笑われてまいりました。
今後とも変わらぬご指導を賜りますようお願い申し上げます。まずは略儀ながら書中をもってご挨拶申し上げます。
敬具
""",
    "notice_fire_drill": """
# Notice: fire drill on 14 November
Dear all, the alarm will sound at 10:15. Leave everything, use the stairs and meet at the bicycle shed. Wardens wear yellow. People at the test bench
close the supply valve first, nobody else touches a machine. The drill takes fifteen minutes if everybody walks and thirty if some of us finish a
mail. Thank you. General Affairs
""",
    "notice_new_badge": """
# Notice: new badges from 1 December
Dear all, the old badges end on 30 November at midnight. Collect the new one at reception with a photo identity card. Contractors receive theirs from
their host. A badge must not be lent, even to a colleague whose hands are full. General Affairs
""",
}

GLOSSARY = (
    ("日本語（原文）", "English（訳語）", "定義 / definition"),
    ("リリース（品質）", "release (quality)", "最終検査に合格したロットの出荷を許可すること / written permission to ship a lot"),
    ("リリース（情報）", "release (IT)", "業務システムの新版を本番環境に配備すること / moving a new version to production"),
    ("原文", "source text", "翻訳の元になる文 / text from which a translation is made"),
    ("訳文", "target text", "翻訳した結果の文 / result of a translation"),
    ("吐出圧", "discharge pressure", "ポンプ出口の圧力 / pressure at the outlet of a pump"),
    ("軸封", "shaft seal", "軸と本体の隙間からの漏れを防ぐ部品 / part that keeps liquid from leaving along the shaft"),
    ("弁棒", "stem", "弁体を動かす棒 / rod that moves the closing part"),
    ("弁座", "seat", "弁体が密着する面 / surface that the closing part touches"),
    ("暫定処置", "containment", "不具合の影響を広げないための当面の処置 / immediate action that keeps a defect from spreading"),
    ("是正処置", "corrective action", "原因を取り除く処置 / action that removes the cause"),
    ("検収", "acceptance", "納入品を検査して受け取ること / receiving goods after inspection"),
    ("早吹き", "premature opening", "設定圧より低い圧力で弁が開くこと / opening below the set pressure"),
    ("へたり", "spring set", "ばねが元の長さに戻らなくなること / permanent shortening of a spring"),
    (
        "条件付きリリース",
        "conditional release",
        "証明書の到着前に期限付きで出荷を認めること / permission for seven days while a certificate is missing",
    ),
)
PAIRS = {
    "対訳_安全注意_MK-4": (
        ("Stop the pump and close both valves before you open the cover.", "カバーを開ける前に、ポンプを止めて両側の弁を閉じてください。"),
        ("Wear goggles and gloves; liquid may still be under pressure.", "液が加圧されたままの場合があるので、保護眼鏡と手袋を着用してください。"),
        ("Never run the pump with the guard removed.", "保護カバーを外した状態で運転しないでください。"),
        ("If liquid touches the eyes, rinse for fifteen minutes and see a doctor.", "目に入ったときは、15分間洗い流し、医師の診察を受けてください。"),
    ),
    "対訳_保証条件": (
        ("The warranty period is twenty-four months from delivery.", "保証期間は納入日から24か月とします。"),
        ("Wear parts are covered for six months.", "消耗品の保証期間は6か月です。"),
        ("The warranty ends if the gear case is opened without consent.", "承諾なくギヤケースを開けた場合、保証は終了します。"),
        ("We repair or replace at our choice.", "修理または交換のいずれかを当社が選択します。"),
    ),
    "対訳_会社案内": (
        ("We have made valves in Midorino since 1957.", "当社は1957年から緑野の地で弁を作り続けています。"),
        ("Six out of ten pumps leave Japan.", "ポンプの10台に6台は海外へ出荷されます。"),
        ("Every lot is signed by somebody who did not make it.", "すべてのロットに、製造に携わっていない者が署名します。"),
        ("Repair is part of the design, not an afterthought.", "修理のしやすさは、設計の段階から考えられています。"),
    ),
}
TRANSLATION_NOTES = """
# 翻訳依頼票と英訳の注意
翻訳は用語集（bilingual glossary）を先に確認する。英訳では「リリース」を文脈で分け、品質の文書では release for shipment、情報システムの文書では
software release とする。
「対応する」は意味が広いので、answer、repair、replace など具体的な動詞に置き換える。数字と単位は対訳表で突き合わせる。
"""

STYLE = """
# 用字用語と表記の手引
広報担当　社内文書の校正に用いる。
## 表記ゆれをなくす語
| 用いる | 用いない |
| ポンプ、バルブ、コントローラ | ポムプ、ヴァルヴ、コントローラー |
| 取付け、組立、据付け | 取りつけ、組み立て（名詞）、据え付け（名詞） |
| 問い合わせ | 問合わせ、お問合せ |
## 文体
社外文書は「です・ます」、規程と報告書は「である」とする。一文は80字以内を目安とし、公用文の例にならって読点を打つ。
"""

RUNBOOKS = {
    "runbook_order_system": """
# Runbook: order system does not start
How-to for the night shift of the IT service desk. Wiki page, last checked 2 December 2025.
1. Look at the log on host ord-app-1; the last line names the stage.
2. "ORA timeout" means that the database is slow, wait five minutes and restart the listener once.
3. If the error is "licence server unreachable", restart the licence service, not the application.
4. A stack trace with `TaxTable` after a release: follow the way back in the release note.
5. Call the duty manager when the system has been down for thirty minutes.
""",
    "wiki_vpn_how-to": """
# Wiki: how-to connect from outside
Start the client, choose Midorino, type the code from the telephone. If the error 809 appears, the hotel blocks the port; use the second profile. The
printer at home is visible only after "local network" has been ticked. Do not install the client on private computers.
""",
    "ナレッジ_ポータル検索のコツ": """
# ナレッジ：社内ポータルの検索のこつ
社内ポータルで文書が見つからないときは、次の手順を試す。型番はハイフンの有無で結果が変わるため、両方で検索する。
「軸封」で出ないときは「シール」「グランド」も試す。
規程は「規程集」の一覧から版を確かめて参照する。古い版が検索の上位に出ることがあるので、施行日を必ず見る。
""",
    "ナレッジ_共有フォルダ整理手順": """
# ナレッジ：共有フォルダの整理手順
各課は半期に一度、次の手順で整理する。最終更新から3年を過ぎた資料を一覧にし、保存年限の表を参照して残すか廃棄するかを決める。
同じ規程の旧版は「旧版」フォルダに移す。ファイル名には日付と版を入れ、「最新」「最終」「最終2」は使わない。
""",
    "incident_log_2025-07": """
# Incident log July 2025
2025-07-09 18:31 release 8.4 started
2025-07-09 18:52 ERROR export job: NullReference in TaxTable.Lookup line 212
2025-07-09 18:55 stack trace sent to supplier, batch restarted with empty rate 0
2025-07-09 19:10 release finished, 3 warnings
2025-07-10 07:58 users report error "rate missing" for export orders
2025-07-10 08:20 SELECT rate FROM tax WHERE country IS NULL returned 14 rows; corrected
2025-07-10 08:41 incident closed, lesson: test export orders before a release
""",
}

RECORDS = (
    ("文書名", "主管", "機密区分", "保存年限", "廃棄方法"),
    ("就業規則", "人事部", "社外秘", "永年", "―"),
    ("応募書類", "人事部", "秘", "3か月", "溶解"),
    ("人事評価シート", "人事部", "秘", "7年", "溶解"),
    ("検査成績書", "品質保証課", "社外秘", "10年", "電子削除"),
    ("リリース票", "品質保証課", "社外秘", "10年", "電子削除"),
    ("請求書控え", "経理部", "社外秘", "7年", "溶解"),
    ("売買基本契約書", "法務課", "秘", "満了後10年", "溶解"),
    ("議事録（経営会議）", "総務部", "極秘", "永年", "―"),
    ("設備日報", "製造部", "社外秘", "3年", "電子削除"),
    ("お知らせ", "総務部", "公開", "1年", "電子削除"),
)
QUESTIONNAIRE = (
    ("No.", "Question (please describe)", "Answer"),
    (1, "Do you have a documented quality system?", "Yes, certified since 2003; the manual is QM-07."),
    (2, "How long are inspection records kept?", "Ten years, fifteen for pressure equipment."),
    (3, "Is customer data encrypted on portable devices?", "Yes, all laptops since 2022."),
    (4, "Do you use artificial intelligence with our data?", "No drawings or personal data are entered into external services."),
    (5, "Who may release a lot?", "A quality engineer who did not make the parts."),
    (6, "Do you have a second source for castings?", "Yes, since October 2025."),
)
AMENDMENT = """
# 法改正の影響調査：育児・介護休業法
総務部　2025年2月
官報に公布された改正の施行日は2025年4月1日および10月1日である。当社で影響を受けるのは、子の看護等休暇の対象の拡大、短時間勤務の年齢、
意向の聴取の三点である。
育児・介護休業規程を3月中に改正し、就業規則第19条は変更しない。勤怠システムの設定変更には2週間を要する。
"""
