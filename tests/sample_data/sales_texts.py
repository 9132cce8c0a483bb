"""Sales: call notes, proposals, monthly and trip reports, market notes."""

from __future__ import annotations

CALL_NOTES_EN = {
    "call_notes_northport_dairy": """
# Call notes: Northport Dairy Systems, 7 May 2025
Met the plant engineer and the buyer. They replace eleven pumps on the yoghurt line next winter; budget 180,000 euros, not yet approved. The present
supplier takes fourteen weeks for seals. The engineer liked that our casing opens without tools, the buyer asked twice about price stability. A
competitor has offered a trial pump free of charge. Next step: send the cleaning test report and propose a trial in September. Decision maker is the
operations director, whom we have not met.
""",
    "call_notes_halden_pulp": """
# Call notes: Halden Pulp and Paper, 12 June 2025
Telephone, 25 minutes. The mill has had two unplanned stops because of a relief valve of another make. They want a valve that can be tested without
removing it. Budget is no obstacle if one stop is avoided. Concern: our nearest engineer is four hours away. Next step: ask service about a
stock of exchange
valves in Halden; answer by 20 June.
""",
    "call_notes_quillstone": """
# Call notes: Quillstone Semiconductor, 3 September 2025
Video meeting with process, purchasing and their consultant. The CT-8 meets the accuracy but its wetted parts are not on their list. They will not
share the list before the secrecy agreement is extended to the consultant. Budget for the pilot tool 60,000 dollars. Next step: Legal extends the
agreement; Jonas prepares material samples.
""",
    "call_notes_calder_bay": """
# Call notes: Calder Bay Desalination, 15 October 2025
Site visit in strong wind. Forty of our valves run since 2021 and three stems show pitting above the packing, where spray dries. They do not complain
but ask for a better grade in the extension. Next step: offer duplex and super duplex side by side. Budget round closes on 30 November.
""",
}
CALL_NOTES_JA = {
    "訪問記録_ミナモ食品_0513": """
# 訪問記録（商談メモ） 株式会社ミナモ食品
日付：2025年5月13日　面談者：設備課 小笠原様、購買 藤沢様　当社：石渡、滝本
充填ラインの更新に伴い、サニタリーポンプ6台の引合い。予算は1,800万円で、年内の発注を希望。先日の異物の件について改めてお詫びし、対策書を手渡した。
購買の藤沢様は値上げを警戒している。競合2社が見積済み。
次回アクション：分解洗浄の実演を6月に緑野工場で行う。担当は滝本。
""",
    "訪問記録_白樺台製紙_0624": """
# 訪問記録（商談メモ） 白樺台製紙株式会社
日付：2025年6月24日　面談者：工務部長 岩動様　当社：桑名
リリーフ弁の早吹きについて中間報告を行った。原因の説明には納得いただいたが、選定表の不備を厳しく指摘された。来期の予算に弁40台の交換が入っている。
次回アクション：耐熱ばねの試験結果を7月10日までに送付。部長は写真よりも数値を好まれる。
""",
    "訪問記録_クオン電子_0902": """
# 訪問記録（商談メモ） 株式会社クオン電子
日付：2025年9月2日　面談者：開発 綾部様　当社：新堂、佐和田
共同開発契約の条項について意見交換。成果の帰属で隔たりがある。技術面では流量0.5％以内の再現性が条件。試作費の予算は900万円。
次回アクション：法務課の修正案を9月12日までに送る。
""",
    "訪問記録_瑞穂野水処理_1118": """
# 訪問記録（商談メモ） 瑞穂野水処理株式会社
日付：2025年11月18日　面談者：浄水場長 伊佐様　当社：桑名、早乙女
緊急遮断弁の不動作に関する報告書を提出。保守契約を年2回から4回に増やす商談に発展した。予算は年度末の補正で確保する見込み。
次回アクション：保守の見積を12月5日までに提出。夜間の連絡先を一本化してほしいとの要望あり。
""",
}

PROPOSALS = {
    "提案書_ミナモ食品_充填ライン": """
# 提案書：充填ライン用サニタリーポンプ更新のご提案
株式会社ミナモ食品 御中　2025年6月　株式会社アオミネ流体精機
## 背景
- 現行ポンプは導入から12年が経過し、部品の入手に14週間を要しています。
- 分解洗浄に1台当たり50分かかり、切替えの妨げになっています。
## 目的
- 洗浄時間を半分にし、切替えを1日4回から6回へ増やす。
- 異物混入の危険を減らす。
## 提案の内容
- 工具なしで開くケーシングを備えたMK-4サニタリー仕様を6台。
- シールは食品用EPDM。証明書を添付します。
## 効果
- 洗浄時間は1台22分（当社試験値）。年間およそ620時間の短縮を見込みます。
### Notes
洗浄時間の根拠は2025年3月の社内試験。質問が出たら試験条件を説明する。
## スケジュール案
- 6月実演、9月試用、12月納入、1月立会い調整。
## 概算費用
- 本体6台1,740万円、据付け調整120万円（いずれも税別）。保守契約は年間48万円。
""",
    "proposal_halden_exchange_stock": """
# Proposal: exchange stock of relief valves in Halden
Halden Pulp and Paper, July 2025
## Objectives
- No unplanned stop because of a relief valve.
- Exchange within four hours, day and night.
## What we propose
- Six tested RC-12 valves, sealed, in a cabinet at the mill.
- Used valves return to Midorino, are overhauled and certified.
## Scope of work
- We deliver and calibrate the valves, train eight fitters and keep the register; the mill provides the cabinet room.
## Schedule
- Contract in August, cabinet in October, first exchange test in November.
### Notes
The mill counts a stop at 95,000 euros. Do not promise a fixed overhaul price for valves of other makes.
## Cost estimate
- 4,200 euros a year for the cabinet, 690 euros for each exchange.
""",
    "企画書_技術講習会2026": """
# 企画書：2026年度 技術講習会
営業企画　2025年10月
## 背景
問い合わせの約3割は、据付けと始動の基本に関するものである。取扱説明書を読む時間がないとの声が多い。
## 目的
- 始動時の故障を減らす。
- 販売店の担当者と顔の見える関係を築く。
## 提案内容とスケジュール案
- 春と秋に各2日、緑野工場にて開催。定員16名。
- 1日目は分解と組立、2日目は故障診断。
## 期待効果
始動に関する問い合わせを年間で2割減らすことを目標とする。費用は120万円を見込む。
""",
    "proposal_brackwater_monitoring": """
# Proposal: condition monitoring for dosing pumps
Brackwater Utilities, September 2025
## Objectives
Detect a worn diaphragm two weeks before it fails, and record the dose for the regulator without handwriting.
## Scope of work
Six MK-4 pumps receive a pressure sensor and a counter. Data stays in the plant; a report is printed once a month. We calibrate once a year.
## Schedule
Survey in October, installation during the winter stop, acceptance in February.
## Expected benefits
In the last two years three diaphragms failed at night, and each time a tanker was on call for two days. One avoided failure pays for the survey.
The monthly report replaces about eleven hours of handwriting.
## Assumptions
The control cabinet has four free places. Network access is not needed. A refund of the monitoring fee is offered if a failure is missed.
""",
    "提案書_倉庫改善": """
# 提案書：第二倉庫の置場表示の改善
製造部 改善サークル「みどり」　2025年7月
## 背景
似た部品の取り違えが今年度だけで5件発生し、うち1件は客先に流出した。
## 目的
1メートル離れても違いが分かる表示にする。
## 解決策
箱の蓋を色分けし、ばねは作業台の秤で重さを確かめる。棚の番号を床から見える高さに付け替える。
## 効果と費用
取り違えをゼロにする。費用は蓋と秤で18万円、作業は2日。
""",
}

REPORTS = {
    "営業月報_2025-05": """
# 営業月報 2025年5月
国内営業課　桑名 健吾
## 概要
受注は3億2,400万円で計画比97％、前年同月比102％。水処理向けが伸び、製紙向けは更新の先送りが続いた。
## 所見
ミナモ食品の案件は競合が先行しているが、洗浄時間の短さが評価されている。価格だけの勝負にしないため、実演の日程を早めたい。
## 来月の予定
値上げの説明資料を作成する。西浜営業所に新人が1名加わる。
以上
""",
    "営業月報_2025-06": """
# 営業月報 2025年6月
国内営業課　桑名 健吾
## 概要
受注は3億5,100万円で計画比104％、前年同月比108％。浄水場向けの大口が1件入った。失注は2件で、いずれも納期が理由である。
## 所見
早吹きの件で白樺台製紙の信頼を損ねた。報告の速さよりも中身を求められている。
## 来月の予定
大口6社の訪問日程を確定する。
以上
""",
    "営業月報_2025-09": """
# 営業月報 2025年9月
国内営業課　滝本 彩香（代）
## 概要
値上げ前の駆け込みで受注は前年同月比141％の4億8,800万円となった。10月以降の反動は2割程度と見込む。
## 所見
部品の値上げ幅への不満が予想より多い。セット価格を用意すれば納得いただけると考える。
## 来月の予定
展示会の準備。出張報告の様式を見直す。
以上
""",
    "monthly_report_europe_2025-07": """
# Monthly report Europe, July 2025
## Summary
Orders came to 0.94 million euros, 6 percent below plan and 2 percent above last year.
Compared with last month the order book grew by nine days. Brewing remains quiet; chemicals placed three small orders. Quotations rose to 71.
## Findings
Customers compare lead times before prices. Two offers were lost because we needed eleven weeks for a seal that others hold in stock.
## Outlook
August will be slow. The trade fair in Hamburg should bring twenty serious contacts; last time it was fourteen.
""",
    "monthly_report_service_2025-08": """
# Monthly report service, August 2025
## Summary
The desk received 38 tickets, nine more than in July, mostly technical faults on the GX-35. Median time to first answer was five hours.
Compared with last month the share of repeat calls fell from 12 to 8 percent.
## Findings
A third of the faults could have been solved with the FAQ. The search on the portal does not find "shaft seal" when the page says "gland".
## Outlook
Two engineers finish their training in September. The spare parts shop will show stock levels from October.
""",
    "出張報告_ハンブルク展示会": """
# 出張報告：ハンブルク展示会
報告者：石渡 さつき　期間：2025年9月22日から27日
## 概要
来訪者は延べ310名、名刺交換は64件であった。ポンプの分解実演に人が集まった。
## 所見
欧州では修理のしやすさが購入の条件になりつつある。競合2社は部品の図面を公開していた。日当と宿泊費は規程の範囲内であるが、
会期中の室料は上限を3割超えた。
## 今後の対応
見込みの高い9社に10月中に見積書を送付する。
以上
""",
}

MARKET = {
    "市場動向_水処理_2025": """
# 市場動向メモ：水処理用バルブ
営業企画　2025年8月
業界紙3誌と展示会の聞き取りによる。国内の市場規模はほぼ横ばいだが、更新需要の割合が高まっている。競合A社は樹脂製弁の値下げでシェアを伸ばし、
B社は保守契約との抱合せを始めた。
当社のシェアは推定9％で、前年と変わらない。小口径では価格、大口径では納期が決め手になっている。
""",
    "market_note_competitors_2025": """
# Market note: competitors in metering pumps
Sources: trade press, distributors' price lists, two visits. Market share in Northern Europe is guessed at 12 percent for us and 31 for the
leader. The leader's
new pump has a touch display that operators with gloves dislike. A newcomer sells by subscription; three of our customers asked about it. Prices of
spare parts rose by 8 to 11 percent in the trade.
""",
}
